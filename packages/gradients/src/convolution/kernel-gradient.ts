import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import { patches } from './patches.ts'
import { imagesWithinReach, reach, zerosWithinReach } from './reach.ts'
import type { Window, WindowAxis } from './window.ts'

/**
 * The gradient of a convolution in its kernel, summed over the examples: images [n, h, w, c] and δ [n, h′, w′, p] →
 * [taps, taps, c, p].
 *
 *   W̄ₖ = Σᵢ Σₒ x_{i, o·stride + k·dilation − before} ⊗ δᵢₒ
 *
 * This is itself a convolution, of the channels as a batch, with δ as the kernel and the examples as its channels; stride
 * and dilation change places. It needs no patches, and no kernel that a backend may lack (tfjs's wasm has no
 * Conv2DBackpropFilter). A kernel of one tap is one matrix product.
 */
export function kernelGradient(images: Tensor4D, delta: Tensor4D, window: Window): Tensor4D {
  const { height, width } = window
  const [n, , , c] = images.shape
  const p = delta.shape[3]
  if (readsNothing(height) || readsNothing(width)) return tf.zeros([height.taps, width.taps, c, p])
  return tf.tidy(() => {
    if (height.taps * width.taps === 1) {
      const positions = n * height.output * width.output
      const read = tf.reshape(patches(images, window), [positions, c])
      return tf.reshape(tf.matMul(read, tf.reshape(delta, [positions, p]), true, false), [1, 1, c, p])
    }
    const swapped = tf.transpose(imagesWithinReach(images, window), [3, 1, 2, 0])
    const kernel = tf.transpose(delta, [1, 2, 0, 3])
    const gradient = tf.conv2d(
      swapped,
      kernel,
      [height.dilation, width.dilation],
      [[0, 0], zerosWithinReach(height), zerosWithinReach(width), [0, 0]],
      'NHWC',
      [height.stride, width.stride],
    )
    return tf.transpose(gradient, [1, 2, 0, 3])
  })
}

/** Whether the taps, some of a whole kernel's, read only the zeros around the images. */
function readsNothing(axis: WindowAxis): boolean {
  return axis.input < 1 || reach(axis) <= axis.before
}
