import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { fc, test } from '@fast-check/vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluate, summarise, tensorBatch, type Evaluation } from './index.ts'
import { open, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(47)

/** One example at a time. */
async function byHand(ids: Uint32Array): Promise<Evaluation> {
  const model = toyModel()
  const rows = await Promise.all(
    Array.from(ids, async (id) => {
      const batch = await split.read([id])
      const { inputs, labels } = tensorBatch(batch)
      const output = model.apply(inputs) as tf.Tensor
      const logits = [...(await output.data())]
      const [label] = batch.labels
      tf.dispose([inputs, labels, output])
      return {
        loss: Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - logits[label!]!,
        correct: logits.indexOf(Math.max(...logits)) === label ? 1 : 0,
        label: label!,
        trueLabel: batch.trueLabels[0]!,
        touched: batch.touched[0]!,
      }
    }),
  )
  return {
    ids,
    losses: Float32Array.from(rows, (row) => row.loss),
    correct: Uint8Array.from(rows, (row) => row.correct),
    labels: Int32Array.from(rows, (row) => row.label),
    trueLabels: Int32Array.from(rows, (row) => row.trueLabel),
    touched: Uint8Array.from(rows, (row) => row.touched),
  }
}

describe.each(testEngines)('evaluate on %s', (engine) => {
  beforeAll(() => open(engine))

  test.prop([fc.subarray([...split.ids]), fc.integer({ min: 1, max: 60 })], { numRuns: 20 })(
    'agrees with one example at a time, for any ids and chunk',
    async (chosen, chunk) => {
      const ids = Uint32Array.from(chosen).toReversed()
      const model = toyModel()
      const before = tf.memory().numTensors
      const found = await evaluate(model, softmaxCrossEntropy, split, { ids, chunk })
      expect(tf.memory().numTensors).toBe(before)
      expect(await weightsOf(model)).toEqual(await weightsOf(toyModel()))
      const expected = await byHand(ids)
      expect(found.losses).toBeAllClose(expected.losses, { rtol: 1e-4, atol: 1e-5 })
      expect({ ...found, losses: null }).toEqual({ ...expected, losses: null })
    },
  )

  it('takes every example when none are named, in any chunks', async () => {
    const model = toyModel()
    const whole = await evaluate(model, softmaxCrossEntropy, split)
    expect(whole.ids).toEqual(split.ids)
    for (const chunk of [1, 10, 47, 1000]) {
      const found = await evaluate(model, softmaxCrossEntropy, split, { chunk })
      expect(found.losses).toBeAllClose(whole.losses, { rtol: 1e-5, atol: 1e-6 })
      expect({ ...found, losses: null }).toEqual({ ...whole, losses: null })
    }
  })
})

describe('evaluate', () => {
  beforeAll(() => open('cpu'))

  it.each([0, -1, 1.5, Number.NaN])('refuses a chunk of %s', async (chunk) => {
    await expect(evaluate(toyModel(), softmaxCrossEntropy, split, { chunk })).rejects.toThrow(
      new RangeError(`evaluate: required chunk to be a whole number ≥ 1, found ${chunk}`),
    )
  })

  it('refuses a model whose outputs are not one row of scores an example, and frees its tensors', async () => {
    const sequences = tfl.sequential({ layers: [tfl.layers.reshape({ targetShape: [2, 3], inputShape: [6] })] })
    const before = tf.memory().numTensors
    await expect(evaluate(sequences, softmaxCrossEntropy, split)).rejects.toThrow(
      new RangeError('evaluate: required outputs [m, C], found [47,2,3]'),
    )
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('summarise', () => {
  const evaluations = fc
    .array(fc.record({ loss: fc.float({ min: 0, max: 10, noNaN: true }), right: fc.boolean(), label: fc.nat(2) }))
    .map((rows): Evaluation => ({
      ids: Uint32Array.from(rows, (_, i) => i),
      losses: Float32Array.from(rows, (row) => row.loss),
      correct: Uint8Array.from(rows, (row) => (row.right ? 1 : 0)),
      labels: Int32Array.from(rows, (row) => row.label),
      trueLabels: new Int32Array(rows.length),
      touched: new Uint8Array(rows.length),
    }))

  test.prop([evaluations])('is the mean over all examples or those picked', (evaluation) => {
    const corrupt = (i: number): boolean => evaluation.labels[i] !== evaluation.trueLabels[i]
    for (const select of [undefined, corrupt]) {
      const picked = [...evaluation.losses.keys()].filter(select ?? (() => true))
      const meanOf = (values: ArrayLike<number>): number =>
        picked.reduce((sum, i) => sum + values[i]!, 0) / picked.length
      expect(summarise(evaluation, select)).toEqual({
        examples: picked.length,
        loss: meanOf(evaluation.losses),
        accuracy: meanOf(evaluation.correct),
      })
    }
  })

  test.prop([evaluations])('of an empty population is NaN', (evaluation) => {
    const nobody = summarise(evaluation, () => false)
    expect(nobody).toEqual({ examples: 0, loss: Number.NaN, accuracy: Number.NaN })
  })
})
