import { onEachEngine } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { openEngine } from './index.ts'

const side = fc.integer({ min: 1, max: 5 })
const windows = fc.integer({ min: 1, max: 3 })

onEachEngine('average pooling', openEngine, () => {
  test.prop([side, side, windows, windows, windows, fc.constantFrom('same' as const, 'valid' as const)], {
    numRuns: 40,
  })('goes back as the transpose of its way forward', async (height, width, taps, across, stride, padding) => {
    fc.pre(padding === 'same' || (taps <= height && across <= width))
    const before = tf.memory().numTensors
    const pool = (x: tf.Tensor4D): tf.Tensor4D => tf.avgPool(x, [taps, across], stride, padding)
    const [forth, back] = tf.tidy(() => {
      const wave = (shape: number[], by: number): tf.Tensor4D =>
        tf.reshape(
          tf.sin(tf.mul(by, tf.range(1, 1 + shape.reduce((a, b) => a * b, 1)))),
          shape as [number, number, number, number],
        )
      const x = wave([2, height, width, 3], 1)
      const y = pool(x)
      const delta = wave(y.shape, 2)
      return [tf.sum(tf.mul(y, delta)), tf.sum(tf.mul(x, gradientOf(x, delta, [taps, across], stride, padding)))]
    }) as [tf.Tensor, tf.Tensor]
    const [a, b] = [(await forth.data())[0]!, (await back.data())[0]!]
    expect(Math.abs(a - b)).toBeLessThan(1e-4)
    tf.dispose([forth, back])
    expect(tf.memory().numTensors).toBe(before)
  })
})

function gradientOf(
  input: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterSize: [number, number],
  strides: number,
  pad: 'same' | 'valid',
): tf.Tensor4D {
  return tf.engine().runKernel('AvgPoolGrad', { dy, input }, { filterSize, strides, pad }) as tf.Tensor4D
}
