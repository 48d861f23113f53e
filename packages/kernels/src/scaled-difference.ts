import { mul, sub, tidy } from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'

/**
 * x − y·scale for float32 tensors of one shape, as `tf.sub(x, tf.mul(y, scale))` has it to the bit. Not differentiable.
 *
 * @example
 * const next = scaledDifference(weight, gradient, learningRate)
 */
export function scaledDifference<T extends Tensor>(x: T, y: Tensor, scale: number): T {
  return (runTrainingKernel('scaledDifference', { x, y }, { scale }) ?? tidy(() => sub(x, mul(y, scale)))) as T
}
