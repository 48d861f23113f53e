import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { onEngine, read } from '../agreement.test-support.ts'
import { generalizedCrossEntropy } from '../index.ts'

const logits = [
  [-2, 0.5, 3],
  [0, -40, 3],
  [1, 1, 1],
]
const labels = [1, 2, 0]

const probabilities = logits.map((z) => {
  const most = Math.max(...z)
  const sum = z.reduce((total, x) => total + Math.exp(x - most), 0)
  return z.map((x) => Math.exp(x - most) / sum)
})

describe.each(testEngines)('generalizedCrossEntropy on %s', (engine) => {
  onEngine(engine)

  it.each([0.05, 0.7, 1])(
    'at q = %d gives the loss and the gradient of its definition, and leaks nothing',
    async (q) => {
      const targets = tf.tensor1d(labels, 'int32')
      const before = tf.memory().numTensors
      const pass = tf.tidy(() =>
        tf.valueAndGrad((z: tf.Tensor) => generalizedCrossEntropy({ q }).perExample(z, targets))(tf.tensor2d(logits)),
      )
      const [value, gradient] = [await read(() => pass.value), await read(() => pass.grad)]
      const weights = probabilities.map((p, i) => p[labels[i]!]! ** q)
      expect(value).toBeAllClose(
        weights.map((weight) => (1 - weight) / q),
        { rtol: 1e-5, atol: 1e-5 },
      )
      expect(gradient).toBeAllClose(
        probabilities.flatMap((p, i) => p.map((x, c) => weights[i]! * (x - Number(c === labels[i])))),
        { rtol: 1e-5, atol: 1e-6 },
      )
      expect(tf.memory().numTensors).toBe(before)
      targets.dispose()
    },
  )

  it('is never more than 1/q, however wrong the network is', async () => {
    const value = await read(() =>
      tf.tidy(() =>
        generalizedCrossEntropy({ q: 0.5 }).perExample(tf.tensor2d([[-1000, 1000]]), tf.tensor1d([0], 'int32')),
      ),
    )
    expect(value).toEqual([2])
  })
})

it('refuses q outside (0, 1], and labels that are no classes', () => {
  expect(() => generalizedCrossEntropy({ q: 0 })).toThrow('required 0 < q ≤ 1, found 0')
  expect(() => generalizedCrossEntropy().perExample(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow(
    /required labels \[2\] int32, found \[2,3\] float32/,
  )
})
