import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Window } from './window.ts'

/**
 * Images [m, h, w, c] ∗ kernel [taps, taps, c, p], plus a bias [p] → [m, h′, w′, p].
 *
 * The zeros are named one by one: with `same`, tfjs's wasm gives zeros where a stride of 3 meets two taps.
 */
export function convolve(images: Tensor4D, kernel: Tensor4D, { height, width }: Window, bias?: Tensor1D): Tensor4D {
  return tf.fused.conv2d({
    x: images,
    filter: kernel,
    strides: [height.stride, width.stride],
    pad: [
      [0, 0],
      [height.before, height.after],
      [width.before, width.after],
      [0, 0],
    ],
    dilations: [height.dilation, width.dilation],
    ...(bias == null ? {} : { bias }),
  })
}
