import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { inputGradient, type Correlation } from './input-gradient.ts'
import type { Window } from './window.ts'

/**
 * Each channel by its own q kernels: images [m, h, w, c], kernel [taps, taps, c, q] → [m, h′, w′, c·q], differentiable in
 * the images alone.
 */
export function depthwiseConvolution(images: Tensor4D, kernel: Tensor4D, window: Window): Tensor4D {
  const { height, width } = window
  const [down, across, c, q] = kernel.shape
  const linear = tf.customGrad((...args: unknown[]) => {
    const padded = tf.pad(args[0] as Tensor4D, [
      [0, 0],
      [height.before, height.after],
      [width.before, width.after],
      [0, 0],
    ])
    const value = tf.depthwiseConv2d(padded, kernel, [height.stride, width.stride], 'valid', 'NHWC', [
      height.dilation,
      width.dilation,
    ])
    const gradFunc = (dz: Tensor): Tensor =>
      inputGradient(dz as Tensor4D, tf.reshape(kernel, [down, across, c * q, 1]), window, channelByChannel(c))
    return { value, gradFunc }
  })
  return linear(images) as Tensor4D
}

/** Every channel of δ by its own kernel, those of one input channel added up. */
function channelByChannel(c: number): Correlation {
  return (delta, kernel, zeros, dilations) => {
    const each = tf.depthwiseConv2d(tf.pad(delta, zeros), kernel, 1, 'valid', 'NHWC', dilations)
    const [m, height, width, channels] = each.shape
    if (channels === c) return each
    return tf.reshape(tf.sum(tf.reshape(each, [m * height * width * c, channels / c]), 1), [m, height, width, c])
  }
}
