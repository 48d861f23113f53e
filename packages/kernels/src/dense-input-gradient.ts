import { matMul, mul, step, tidy } from '@tensorflow/tfjs-core'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { runTrainingKernel } from './run-training-kernel.ts'

/**
 * [m, d] the gradient in the inputs of a dense layer, dy·kernelᵀ for dy [m, p] and kernel [d, p]. Where the inputs are what
 * a ReLU put out, `rectified` [m, d], that in what went into the ReLU: 0 where `rectified` is. Not differentiable.
 *
 * @example
 * denseInputGradient(tf.tensor2d([[1]]), tf.tensor2d([[2], [3]]), tf.tensor2d([[0, 5]])) // [[0, 3]]
 */
export function denseInputGradient(dy: Tensor2D, kernel: Tensor2D, rectified?: Tensor2D): Tensor2D {
  const inputs = rectified === undefined ? { dy, kernel } : { dy, kernel, rectified }
  const gradient =
    runTrainingKernel('denseInputGradient', inputs) ??
    tidy(() => {
      const gradientInInputs = matMul(dy, kernel, false, true)
      return rectified === undefined ? gradientInInputs : mul(gradientInInputs, step(rectified))
    })
  return gradient as Tensor2D
}
