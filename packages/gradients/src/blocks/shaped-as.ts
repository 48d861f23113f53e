import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BlockWeight } from './block-weight.ts'

/** A new tensor's numbers in a weight's shape: the tensor itself where it has it, else the tensor is freed. */
export function shapedAs({ shape }: BlockWeight, made: Tensor): Tensor {
  if (made.rank === shape.length && shape.every((size, axis) => size === made.shape[axis])) return made
  const shaped = tf.reshape(made, [...shape])
  made.dispose()
  return shaped
}
