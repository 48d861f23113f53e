import * as tf from '@tensorflow/tfjs-core'
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { imagesWithinReach, zerosWithinReach } from './reach.ts'
import type { Window } from './window.ts'

/**
 * Every example's gradient in the kernel of a depthwise convolution: images [m, h, w, c] and δ [m, h′, w′, c·q] →
 * [m, taps·taps·c·q].
 *
 * A depthwise convolution again: of one image whose channels are the channels of all examples, with δ as the kernel;
 * stride and dilation change places.
 */
export function depthwiseKernelGradients(images: Tensor4D, delta: Tensor4D, window: Window): Tensor2D {
  const { height, width } = window
  const [m, , , c] = images.shape
  const [, down, across, channels] = delta.shape
  return tf.tidy(() => {
    const read = tf.transpose(imagesWithinReach(images, window), [1, 2, 0, 3])
    const side = tf.reshape(read, [1, read.shape[0], read.shape[1], m * c]) as Tensor4D
    const padded = tf.pad(side, [[0, 0], zerosWithinReach(height), zerosWithinReach(width), [0, 0]])
    const kernel = tf.reshape(tf.transpose(delta, [1, 2, 0, 3]), [down, across, m * c, channels / c]) as Tensor4D
    const dilations: [number, number] = [height.stride, width.stride]
    const all = tf.depthwiseConv2d(padded, kernel, [height.dilation, width.dilation], 'valid', 'NHWC', dilations)
    const perExample = tf.transpose(tf.reshape(all, [height.taps * width.taps, m, channels]), [1, 0, 2])
    return tf.reshape(perExample, [m, height.taps * width.taps * channels])
  })
}
