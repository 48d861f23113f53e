import { mul, tidy } from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'
import { squaredNorms } from './squared-norms.ts'

/**
 * [m] ‖xᵢ ⊗ yᵢ‖² = ‖xᵢ‖²·‖yᵢ‖² of the rows of float32 x [m, d] and y [m, p]. Not differentiable.
 *
 * @example
 * outerProductNorms(tf.tensor2d([[3, 4]]), tf.tensor2d([[2]])) // [100]
 */
export function outerProductNorms(x: Tensor2D, y: Tensor2D): Tensor1D {
  const norms = runTrainingKernel('outerProductNorms', { x, y }) ?? tidy(() => mul(squaredNorms(x), squaredNorms(y)))
  return norms as Tensor1D
}
