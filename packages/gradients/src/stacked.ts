import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'

/**
 * The parts' gradients as rows, weight after weight, each part's freed as soon as its weight is done: all of them are never there
 * twice.
 *
 * @param parts by part and weight, [size] each; freed.
 */
export function stacked(parts: readonly (readonly Tensor[])[]): Tensor2D[] {
  return (parts[0] ?? []).map((_, w) => {
    const rows = parts.map((part) => part[w]!)
    const joined = tf.stack(rows) as Tensor2D
    tf.dispose(rows)
    return joined
  })
}
