import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { convolve } from './convolve.ts'
import { fullCorrelation } from './full-correlation.ts'
import { inputGradient } from './input-gradient.ts'
import type { Window } from './window.ts'

/**
 * Images ∗ kernel, plus a bias: {@link convolve}, differentiable in the images alone. The kernel is kept for the way back:
 * a reshaped one is gone by then.
 */
export function convolution(images: Tensor4D, kernel: Tensor4D, window: Window, bias?: Tensor1D): Tensor4D {
  const linear = tf.customGrad((...args: unknown[]) => {
    const [input, save] = args as [Tensor4D, tf.GradSaveFunc]
    save([kernel])
    const gradFunc = (dz: Tensor, [kept]: Tensor[]): Tensor =>
      inputGradient(dz as Tensor4D, tf.transpose(kept as Tensor4D, [0, 1, 3, 2]), window, fullCorrelation)
    return { value: convolve(input, kernel, window, bias), gradFunc }
  })
  return linear(images) as Tensor4D
}
