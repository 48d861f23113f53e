import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Window, WindowAxis } from './window.ts'

/** One more than the last input, counted from the first zero, that any tap reads. */
export function reach({ output, stride, taps, dilation }: WindowAxis): number {
  return (output - 1) * stride + (taps - 1) * dilation + 1
}

/** Zeros before and after the inputs that the taps reach. */
export function zerosWithinReach(axis: WindowAxis): [number, number] {
  return [axis.before, Math.max(reach(axis) - axis.before - axis.input, 0)]
}

/** Images without the last rows and columns, where the stride leaves some that no tap reads. */
export function imagesWithinReach(images: Tensor4D, { height, width }: Window): Tensor4D {
  const size = [height, width].map((axis) => Math.min(axis.input, reach(axis) - axis.before)) as [number, number]
  if (size[0] === height.input && size[1] === width.input) return images
  return tf.slice(images, [0, 0, 0, 0], [images.shape[0], ...size, images.shape[3]])
}
