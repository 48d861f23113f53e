import * as tf from '@tensorflow/tfjs-core'
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Window } from './window.ts'

/**
 * What each output position of a convolution reads: images [n, h, w, c] → [n, T, taps·c], with T = h′·w′ positions and
 * the taps in the kernel's order, so that a patch times the kernel as a [taps·c, p] matrix is the convolution.
 */
export function patches(images: Tensor4D, { height, width }: Window): Tensor3D {
  const [n, , , c] = images.shape
  const positions = height.output * width.output
  return tf.tidy(() => {
    const padded = tf.pad(images, [
      [0, 0],
      [height.before, height.after],
      [width.before, width.after],
      [0, 0],
    ])
    const read: Tensor4D[] = []
    for (let i = 0; i < height.taps; i++) {
      for (let j = 0; j < width.taps; j++) {
        const [top, left] = [i * height.dilation, j * width.dilation]
        const bottom = top + (height.output - 1) * height.stride + 1
        const right = left + (width.output - 1) * width.stride + 1
        read.push(
          height.stride * width.stride === 1
            ? tf.slice(padded, [0, top, left, 0], [n, height.output, width.output, c])
            : (tf.stridedSlice(
                padded,
                [0, top, left, 0],
                [n, bottom, right, c],
                [1, height.stride, width.stride, 1],
              ) as Tensor4D),
        )
      }
    }
    const joined = read.length === 1 ? read[0]! : tf.concat(read, 3)
    return tf.reshape(joined, [n, positions, height.taps * width.taps * c])
  })
}
