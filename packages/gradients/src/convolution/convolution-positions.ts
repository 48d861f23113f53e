import { convolutionKernelGradients } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { byRows } from '../blocks/by-rows.ts'
import type { PositionFactors } from '../blocks/position-factors.ts'
import { convolve } from './convolve.ts'
import { kernelGradient } from './kernel-gradient.ts'
import { patches } from './patches.ts'
import { someTaps, tapsBetween } from './some-taps.ts'
import type { Window } from './window.ts'

/** One call of a convolution: images [m, h, w, c], δ [m, h′, w′, p], and the window that leads from one to the other. */
export interface ConvolutionCall {
  readonly images: Tensor4D
  readonly delta: Tensor4D
  readonly window: Window
}

/**
 * A convolution's gradients in its kernel [taps, taps, c, p], over all its calls: activations are the patches that it
 * reads, which are made only where positions are compared with positions. The rest are convolutions.
 */
export function convolutionPositions(calls: readonly ConvolutionCall[]): PositionFactors {
  const { images, delta, window } = calls[0]!
  const [m, , , c] = images.shape
  const p = delta.shape[3]
  const [down, across] = [window.height.taps, window.width.taps]
  const d = down * across * c
  const positionsOf = ({ height, width }: Window): number => height.output * width.output
  return {
    rows: m,
    positions: calls.reduce((total, call) => total + positionsOf(call.window), 0),
    inputs: d,
    outputs: p,
    take: (from, count) =>
      convolutionPositions(
        calls.map((call) => ({
          ...pairOf(call.images, call.delta).take(from, count),
          window: call.window,
        })),
      ),
    weighted: (weights) =>
      convolutionPositions(
        calls.map((call) => ({ ...call, delta: tf.mul(call.delta, tf.reshape(weights, [m, 1, 1, 1])) })),
      ),
    sum: () =>
      tf.tidy(() =>
        tf.reshape(added(calls.map((call) => kernelGradient(call.images, call.delta, call.window))), [d, p]),
      ),
    sumAndSquaredNorms: () => {
      // The norms of several calls together are not those of each.
      if (calls.length > 1) return undefined
      const { height, width } = window
      const both = convolutionKernelGradients(images, delta, [down, across, c, p], {
        strides: [height.stride, width.stride],
        dilations: [height.dilation, width.dilation],
        pad: [
          [0, 0],
          [height.before, height.after],
          [width.before, width.after],
          [0, 0],
        ],
      })
      if (both === undefined) return undefined
      const sum = tf.reshape(both.sum, [d, p]) as Tensor2D
      both.sum.dispose()
      return { sum, squaredNorms: both.squaredNorms }
    },
    formed: (first, count) =>
      tf.tidy(() => {
        const taps = tapsBetween(Math.floor(first / c), Math.floor((first + count - 1) / c), across)
        const skipped = first - (taps.down[0] * across + taps.across[0]) * c
        const each = calls.map((call) => {
          const { images: read, window: seen } = someTaps(call.images, call.window, taps)
          const gradients = byRows(pairOf(read, call.delta), 1, (one) => {
            const flat = tf.reshape(kernelGradient(one.images, one.delta, seen), [1, -1, p]) as Tensor3D
            return flat.shape[1] === count ? flat : tf.slice(flat, [0, skipped, 0], [1, count, p])
          })
          return tf.concat(gradients, 0)
        })
        return added(each) as Tensor3D
      }),
    along: (direction) =>
      tf.tidy(() => {
        const kernel = tf.reshape(direction, [down, across, c, p]) as Tensor4D
        const each = calls.map((call) => {
          const projected = tf.mul(convolve(call.images, kernel, call.window), call.delta)
          return tf.sum(tf.reshape(projected, [m, projected.size / m]), 1)
        })
        return added(each) as Tensor1D
      }),
    activations: () =>
      tf.tidy(() =>
        tf.concat(
          calls.map((call) => patches(call.images, call.window)),
          1,
        ),
      ),
    deltas: () =>
      tf.tidy(() =>
        tf.concat(
          calls.map((call) => tf.reshape(call.delta, [m, positionsOf(call.window), p]) as Tensor3D),
          1,
        ),
      ),
  }
}

/** Images and δ whose rows are taken together. */
interface Pair {
  readonly rows: number
  readonly images: Tensor4D
  readonly delta: Tensor4D
  take(from: number, count: number): Pair
}

function pairOf(images: Tensor4D, delta: Tensor4D): Pair {
  const rowsOf = (tensor: Tensor4D, from: number, count: number): Tensor4D => {
    const [, height, width, channels] = tensor.shape
    return tf.slice(tensor, [from, 0, 0, 0], [count, height, width, channels])
  }
  return {
    rows: images.shape[0],
    images,
    delta,
    take: (from, count) => pairOf(rowsOf(images, from, count), rowsOf(delta, from, count)),
  }
}

function added(tensors: readonly Tensor[]): Tensor {
  return tensors.length === 1 ? tensors[0]! : tf.addN([...tensors])
}
