import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Ranks } from '@coherent-gradients/kernels'

/**
 * Mean of every column's sorted values from rank lower to rank upper by tfjs operations, for backends without the
 * kernel. Index legend: rows [m, columns]. Equal to the kernel within float32 rounding of a sum of as many values as
 * are kept. Nothing is read back, so a value that isn't finite is not refused here; it shows in the result.
 */
export function composedTrimmedMean(rows: Tensor2D, { lower, upper }: Ranks): Tensor1D {
  return tf.tidy(() => {
    const [m, columns] = rows.shape
    if (m === 3 && lower === 1 && upper === 1) return medianOfThree(rows)
    const descending = tf.topk(tf.transpose(rows), m - lower).values
    return tf.mean(tf.slice(descending, [0, m - 1 - upper], [columns, upper - lower + 1]), 1) as Tensor1D
  })
}

/** max(min(a, b), min(max(a, b), c)): exact, where topk would sort. */
function medianOfThree(rows: Tensor2D): Tensor1D {
  const [a, b, c] = tf.unstack(rows) as [Tensor1D, Tensor1D, Tensor1D]
  return tf.maximum(tf.minimum(a, b), tf.minimum(tf.maximum(a, b), c))
}
