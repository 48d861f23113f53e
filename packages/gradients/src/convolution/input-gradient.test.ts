import { relativeError, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { describe, expect } from 'vitest'
import { onEngine, read } from '../agreement.test-support.ts'
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

const inner = async (a: Tensor, b: Tensor): Promise<number> =>
  (await read(() => tf.tidy(() => tf.sum(tf.mul(a, b)))))[0]!

describe.each(testEngines)(
  'a convolution is linear in its images and its kernel, so on %s ⟨conv(x, W), δ⟩ gives',
  (engine) => {
    onEngine(engine)

    test.prop([windows, fc.integer({ min: 0, max: 999 })], { numRuns: engine === 'webgpu' ? 25 : 100 })(
      'the way back to the images and to the kernel',
      async (window, seed) => {
        const before = tf.memory().numTensors
        const { images, kernel, delta } = made(window, seed)
        const back = tf.tidy(() => inputGradient(delta, tf.transpose(kernel, [0, 1, 3, 2]), window, fullCorrelation))
        const gradient = kernelGradient(images, delta, window)
        expect(back.shape).toEqual(images.shape)
        expect(gradient.shape).toEqual(kernel.shape)
        const product = await read(() => tf.tidy(() => tf.sum(tf.mul(convolve(images, kernel, window), delta))))
        const scale = Math.sqrt(
          (await inner(images, images)) * (await inner(kernel, kernel)) * (await inner(delta, delta)),
        )
        expect(Math.abs((await inner(images, back)) - product[0]!)).toBeLessThan(1e-5 * scale)
        expect(Math.abs((await inner(kernel, gradient)) - product[0]!)).toBeLessThan(1e-5 * scale)
        const rows = await read(() =>
          tf.tidy(() => {
            const found = patches(images, window)
            return tf.matMul(tf.reshape(found, [-1, found.shape[2]]), tf.reshape(delta, [-1, delta.shape[3]]), true)
          }),
        )
        expect(relativeError(rows, [...(await gradient.data())])).toBeLessThan(1e-5)
        tf.dispose([images, kernel, delta, back, gradient])
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
