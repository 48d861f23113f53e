import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Ranks } from '@coherent-gradients/kernels'

/**
 * Winsorized mean of every column by tfjs operations, for backends without the kernel (webgpu cannot read inside one).
 *
 *   out[j] = (1/m) Σᵢ min(max(xᵢⱼ, lⱼ), uⱼ)
 *
 * Index legend: rows [m, columns], i of m rows, column j. Equal to the kernel within float32 rounding of a sum of m
 * values. Nothing is read back, so a value that isn't finite is not refused here; it shows in the result.
 */
export function composedWinsorizedMean(rows: Tensor2D, { lower, upper }: Ranks): Tensor1D {
  return tf.tidy(() => {
    const [m, columns] = rows.shape
    const values = tf.transpose(rows)
    const above = m - upper
    const largest = tf.topk(values, above).values
    const smallest = tf.topk(tf.neg(values), lower + 1).values
    const most = tf.slice(largest, [0, above - 1], [columns, 1])
    const least = tf.neg(tf.slice(smallest, [0, lower], [columns, 1]))
    return tf.mean(tf.minimum(tf.maximum(values, least), most), 1) as Tensor1D
  })
}
