import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { onEngine, read } from '../agreement.test-support.ts'
import {
  generalizedCrossEntropy,
  sigmoidCrossEntropy,
  smoothedCrossEntropy,
  softmaxCrossEntropy,
  type Loss,
} from '../index.ts'

const cases: readonly (readonly [name: string, loss: Loss, outputs: number, good: number])[] = [
  ['softmaxCrossEntropy', softmaxCrossEntropy, 3, 2],
  ['smoothedCrossEntropy', smoothedCrossEntropy(), 3, 2],
  ['generalizedCrossEntropy', generalizedCrossEntropy(), 3, 2],
  ['sigmoidCrossEntropy', sigmoidCrossEntropy, 3, 2],
  ['sigmoidCrossEntropy of one output', sigmoidCrossEntropy, 1, 1],
]

describe.each(testEngines)('labels out of range on %s', (engine) => {
  onEngine(engine)

  it.each(cases)('%s gives their examples, and no others, NaN as loss and gradient', async (_, loss, outputs, good) => {
    const labels = tf.tensor1d([good, -1, 0, good + 1, 1_000_000], 'int32')
    const before = tf.memory().numTensors
    const pass = tf.tidy(() =>
      tf.valueAndGrad((z: tf.Tensor) => loss.perExample(z, labels))(tf.zeros<tf.Rank.R2>([5, outputs])),
    )
    const value = await read(() => pass.value)
    const grad = await read(() => pass.grad)
    expect(Array.from(value, Number.isNaN)).toEqual([false, true, false, true, true])
    const rows = [0, 1, 2, 3, 4].map((i) => Array.from(grad.slice(i * outputs, (i + 1) * outputs), Number.isNaN))
    expect(rows.map((row) => row.some(Boolean))).toEqual([false, true, false, true, true])
    expect(tf.memory().numTensors).toBe(before)
    labels.dispose()
  })
})
