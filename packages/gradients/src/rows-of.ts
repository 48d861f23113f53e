import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/** Rows from … from + count − 1 of a tensor of any rank. */
export function rowsOf<T extends Tensor>(tensor: T, from: number, count: number): T {
  const rest = tensor.shape.slice(1)
  return tf.slice(tensor, [from, ...rest.map(() => 0)], [count, ...rest])
}
