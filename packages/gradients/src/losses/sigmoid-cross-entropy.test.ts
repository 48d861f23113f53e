import { openEngine } from '@coherent-gradients/engine'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
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
  beforeAll(async () => {
    const opened = await openEngine(engine)()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
  })

  it('gives every example its own sum over the outputs, and σ(z) − y as gradient, also where σ is 0 or 1', () => {
    const expected = logits.map((z, i) =>
      z.reduce((sum, x, c) => sum + Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[i]![c]! * x, 0),
    )
    for (const labels of [tf.tensor1d([1, 2], 'int32'), tf.tensor2d(targets)]) {
      const { value, grad } = tf.tidy(() => {
        const pass = tf.valueAndGrad((z: tf.Tensor) => sigmoidCrossEntropy.perExample(z, labels))(tf.tensor2d(logits))
        return { value: [...pass.value.dataSync()], grad: [...pass.grad.dataSync()] }
      })
      expect(value).toBeAllClose(expected, { rtol: 1e-6 })
      const gradient = logits.flatMap((z, i) => z.map((x, c) => sigmoid(x) - targets[i]![c]!))
      expect(grad).toBeAllClose(gradient, { rtol: 1e-5, atol: 1e-7 })
      labels.dispose()
    }
  })

  it('takes labels 0 and 1 where there is one output', () => {
    const value = tf.tidy(() => [
      ...sigmoidCrossEntropy.perExample(tf.tensor2d([[0], [2]]), tf.tensor1d([1, 0], 'int32')).dataSync(),
    ])
    expect(value).toBeAllClose([Math.log(2), Math.log1p(Math.exp(2))], { rtol: 1e-6 })
  })

  it('refuses labels that do not fit', () => {
    expect(() => sigmoidCrossEntropy.perExample(tf.zeros([2, 3]), tf.zeros([2, 2]))).toThrow(
      /required labels \[2\] int32 or \[2, 3\], found \[2,2\] float32/,
    )
  })
})
