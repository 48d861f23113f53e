import { div, matMul, tidy } from '@tensorflow/tfjs-core'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'

/**
 * [d, p] (1/m) Σᵢ xᵢ ⊗ yᵢ of the rows of float32 x [m, d] and y [m, p], as xᵀ·(y/m) has it. Not differentiable.
 *
 * @example
 * outerProductMean(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[1], [1]])) // [[2], [3]]
 */
export function outerProductMean(x: Tensor2D, y: Tensor2D): Tensor2D {
  const mean = runTrainingKernel('outerProductMean', { x, y }) ?? tidy(() => matMul(x, div(y, x.shape[0]), true, false))
  return mean as Tensor2D
}
