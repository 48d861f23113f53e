import * as tf from '@tensorflow/tfjs-core'
import type { Correlation } from './input-gradient.ts'

/** Every channel to every channel: kernel [taps, taps, p, c]. */
export const fullCorrelation: Correlation = (images, kernel, zeros, dilations) =>
  tf.conv2d(images, kernel, 1, zeros, 'NHWC', dilations)
