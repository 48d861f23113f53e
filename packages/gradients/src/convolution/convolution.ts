import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { convolve } from './convolve.ts'
import { fullCorrelation } from './full-correlation.ts'
import { inputGradient } from './input-gradient.ts'
import type { Window } from './window.ts'

/** Images ∗ kernel, plus a bias: {@link convolve}, differentiable in the images alone. */
export function convolution(images: Tensor4D, kernel: Tensor4D, window: Window, bias?: Tensor1D): Tensor4D {
  const linear = tf.customGrad((...args: unknown[]) => {
    const gradFunc = (dz: Tensor): Tensor =>
      inputGradient(dz as Tensor4D, tf.transpose(kernel, [0, 1, 3, 2]), window, fullCorrelation)
    return { value: convolve(args[0] as Tensor4D, kernel, window, bias), gradFunc }
  })
  return linear(images) as Tensor4D
}
