import { reshape, square, sum, tidy } from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'

/**
 * [m] Σ x² over each row of a float32 tensor [m, …]. Not differentiable.
 *
 * @example
 * squaredNorms(tf.tensor2d([[3, 4], [0, 1]])) // [25, 1]
 */
export function squaredNorms(x: Tensor): Tensor1D {
  const m = x.shape[0]!
  const norms =
    runTrainingKernel('squaredNorms', { x }) ?? tidy(() => sum(square(reshape(x, [m, m === 0 ? 0 : x.size / m])), 1))
  return norms as Tensor1D
}
