import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { onEngine, read } from '../agreement.test-support.ts'
import { sigmoidCrossEntropy } from '../index.ts'

const logits = [
  [-2, 0.5, 30],
  [0, -40, 3],
]
const targets = [
  [0, 1, 0],
  [0, 0, 1],
]
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

describe.each(testEngines)('sigmoidCrossEntropy on %s', (engine) => {
  onEngine(engine)

  it('gives every example its own sum over the outputs, and σ(z) − y as gradient, also where σ is 0 or 1', async () => {
    const expected = logits.map((z, i) =>
      z.reduce((sum, x, c) => sum + Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[i]![c]! * x, 0),
    )
    for (const labels of [tf.tensor1d([1, 2], 'int32'), tf.tensor2d(targets)]) {
      const pass = tf.tidy(() =>
        tf.valueAndGrad((z: tf.Tensor) => sigmoidCrossEntropy.perExample(z, labels))(tf.tensor2d(logits)),
      )
      const [value, grad] = [await read(() => pass.value), await read(() => pass.grad)]
      expect(value).toBeAllClose(expected, { rtol: 1e-6 })
      const gradient = logits.flatMap((z, i) => z.map((x, c) => sigmoid(x) - targets[i]![c]!))
      expect(grad).toBeAllClose(gradient, { rtol: 1e-5, atol: 1e-7 })
      labels.dispose()
    }
  })

  it('takes labels 0 and 1 where there is one output', async () => {
    const value = await read(() =>
      tf.tidy(() => sigmoidCrossEntropy.perExample(tf.tensor2d([[0], [2]]), tf.tensor1d([1, 0], 'int32'))),
    )
    expect(value).toBeAllClose([Math.log(2), Math.log1p(Math.exp(2))], { rtol: 1e-6 })
  })

  it('refuses labels that do not fit', () => {
    expect(() => sigmoidCrossEntropy.perExample(tf.zeros([2, 3]), tf.zeros([2, 2]))).toThrow(
      /required labels \[2\] int32 or \[2, 3\], found \[2,2\] float32/,
    )
  })
})
