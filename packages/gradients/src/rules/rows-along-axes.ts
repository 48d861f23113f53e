import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'

/** [m, …] → [m, size of the axes], summed over all axes but the batch and those: the rows of a weight that lies along them. */
export function rowsAlongAxes(perPosition: Tensor, axes: readonly number[]): Tensor2D {
  const summed = perPosition.shape.map((_, axis) => axis).filter((axis) => axis > 0 && !axes.includes(axis))
  const rows = summed.length === 0 ? perPosition : tf.sum(perPosition, summed)
  const m = perPosition.shape[0]!
  return tf.reshape(rows, [m, rows.size / m])
}
