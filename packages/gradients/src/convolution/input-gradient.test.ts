import { openEngine } from '@coherent-gradients/engine'
import { relativeError, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect } from 'vitest'
import { convolve } from './convolve.ts'
import { fullCorrelation } from './full-correlation.ts'
import { inputGradient } from './input-gradient.ts'
import { kernelGradient } from './kernel-gradient.ts'
import { patches } from './patches.ts'
import { windowOf, type Pair, type Window } from './window.ts'

const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

/** Windows of every stride, dilation and padding that fit their images. */
const windows = fc
  .record({
    size: pair(1, 7),
    taps: pair(1, 4),
    strides: pair(1, 3),
    dilations: fc.oneof(fc.constant<Pair>([1, 1]), pair(1, 3)),
    padding: fc.constantFrom('same' as const, 'valid' as const),
  })
  .map(({ size, taps, strides, dilations, padding }) => {
    const dilated = dilations.some((d) => d > 1)
    const at = { taps, strides: dilated ? ([1, 1] as Pair) : strides, dilations, padding }
    return windowOf(size, at)
  })
  .filter(({ height, width }) => height.output > 0 && width.output > 0)

const inner = (a: Tensor, b: Tensor): number => tf.tidy(() => tf.sum(tf.mul(a, b)).dataSync()[0]!)

describe.each(testEngines)(
  'a convolution is linear in its images and its kernel, so on %s ⟨conv(x, W), δ⟩ gives',
  (engine) => {
    beforeAll(async () => {
      const opened = await openEngine(engine)()
      if (opened._tag === 'Left') throw new Error(opened.left.message)
    })

    test.prop([windows, fc.integer({ min: 0, max: 999 })])(
      'the way back to the images and to the kernel',
      (window, seed) => {
        const before = tf.memory().numTensors
        tf.tidy(() => {
          const { images, kernel, delta } = made(window, seed)
          const product = inner(convolve(images, kernel, window), delta)
          const scale = Math.sqrt(inner(images, images) * inner(kernel, kernel) * inner(delta, delta))
          const back = inputGradient(delta, tf.transpose(kernel, [0, 1, 3, 2]), window, fullCorrelation)
          expect(back.shape).toEqual(images.shape)
          expect(Math.abs(inner(images, back) - product)).toBeLessThan(1e-5 * scale)
          const gradient = kernelGradient(images, delta, window)
          expect(gradient.shape).toEqual(kernel.shape)
          expect(Math.abs(inner(kernel, gradient) - product)).toBeLessThan(1e-5 * scale)
          const read = patches(images, window)
          const rows = tf.matMul(tf.reshape(read, [-1, read.shape[2]]), tf.reshape(delta, [-1, delta.shape[3]]), true)
          expect(relativeError([...rows.dataSync()], [...gradient.dataSync()])).toBeLessThan(1e-5)
        })
        expect(tf.memory().numTensors).toBe(before)
      },
    )
  },
)

function made(window: Window, seed: number): { images: Tensor4D; kernel: Tensor4D; delta: Tensor4D } {
  const { height, width } = window
  const random = (shape: [number, number, number, number], s: number): Tensor4D =>
    tf.randomNormal(shape, 0, 1, 'float32', seed + s)
  return {
    images: random([2, height.input, width.input, 3], 1),
    kernel: random([height.taps, width.taps, 3, 2], 2),
    delta: random([2, height.output, width.output, 2], 3),
  }
}
