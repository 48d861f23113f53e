import {
  coherenceRows,
  mCoherence,
  monoid,
  type CoherenceTableRow,
  type Measurable,
} from '@coherent-gradients/coherence'
import { normsOf, statisticOf } from '@coherent-gradients/coherence/tfjs'
import { perExampleGradients, softmaxCrossEntropy, type TensorBatch } from '@coherent-gradients/gradients'
import '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { coherenceCallback, tensorBatch, type CoherenceCallbackOptions, type FitMeasurement } from './index.ts'
import { open, toySplit, weightsOf } from './toy.test-support.ts'

beforeAll(() => open('cpu'))

/** Batch normalisation and dropout: what a careless measurement would disturb. */
function network(): tfl.LayersModel {
  const seed = 7
  const init = (by: number) => tfl.initializers.glorotUniform({ seed: seed + by })
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 8, activation: 'tanh', inputShape: [6], kernelInitializer: init(1) }),
      tfl.layers.batchNormalization(),
      tfl.layers.dropout({ rate: 0.2, seed }),
      tfl.layers.dense({ units: 3, kernelInitializer: init(2) }),
    ],
  })
  model.compile({
    optimizer: 'adam',
    loss: (truth, logits) => tf.losses.softmaxCrossEntropy(truth, logits),
  })
  return model
}

const split = toySplit(40)
const examples = async (m = 40): Promise<TensorBatch> => tensorBatch(await split.read(split.ids.subarray(0, m)))

/** Fits a new network for 2 epochs of 4 batches. */
async function fit(callbacks?: (model: tfl.LayersModel) => tfl.CustomCallbackArgs): Promise<number[]> {
  const model = network()
  const { inputs, labels } = await examples()
  const targets = tf.oneHot(labels, 3)
  try {
    await model.fit(inputs, targets, {
      epochs: 2,
      batchSize: 10,
      shuffle: false,
      verbose: 0,
      ...(callbacks === undefined ? {} : { callbacks: callbacks(model) }),
    })
    return weightsOf(model)
  } finally {
    tf.dispose([inputs, labels, targets])
    model.optimizer.dispose()
    model.dispose()
  }
}

type Options = CoherenceCallbackOptions<number>
const options = (model: tfl.LayersModel, batch: Options['batch']): Omit<Options, 'onMeasured'> => ({
  model,
  loss: softmaxCrossEntropy,
  batch,
  measure: async (stack) => mCoherence(await normsOf(stack)),
})

describe('coherenceCallback', () => {
  it('measures what the packages measure at the same weights, and leaves the fit as it was', async () => {
    const batch = await examples(20)
    const told: FitMeasurement<number>[] = []
    const expected: number[] = []
    const weights = await fit((model) =>
      coherenceCallback({
        ...options(model, batch),
        onMeasured: async (measurement) => {
          told.push(measurement)
          const stack = perExampleGradients(model, softmaxCrossEntropy, batch)
          const losses = await stack.losses.data()
          expected.push(mCoherence(await normsOf(stack)), Array.from(losses).reduce((sum, x) => sum + x, 0) / 20)
          stack.dispose()
        },
      }),
    )
    expect(told.map(({ step, epoch, m }) => [step, epoch, m])).toEqual([
      [4, 1, 20],
      [8, 2, 20],
    ])
    expect(told.flatMap(({ value, loss }) => [value, loss])).toBeAllClose(expected, { rtol: 1e-6 })
    expect(weights).toEqual(await fit())
    tf.dispose([batch.inputs, batch.labels])
  })

  it('measures every so many batches, or epochs', async () => {
    const batch = await examples(6)
    const moments = async (every: NonNullable<Options['every']>): Promise<number[][]> => {
      const told: number[][] = []
      await fit((model) =>
        coherenceCallback({
          ...options(model, batch),
          every,
          onMeasured: ({ step, epoch }) => void told.push([step, epoch]),
        }),
      )
      return told
    }
    expect(await moments({ batches: 3 })).toEqual([
      [3, 0],
      [6, 1],
    ])
    expect(await moments({ epochs: 2 })).toEqual([[8, 2]])
    expect(await moments({ epochs: 3 })).toEqual([])
    tf.dispose([batch.inputs, batch.labels])
  })

  it('gives the same in parts that are merged', async () => {
    const batch = await examples(25)
    const measured: number[] = []
    await fit((model) => {
      const shared = { model, loss: softmaxCrossEntropy, batch, measure: statisticOf }
      const [whole, inParts] = [undefined, { of: 7, merge: monoid.concat }].map((parts) =>
        coherenceCallback({
          ...shared,
          ...(parts === undefined ? {} : { parts }),
          onMeasured: ({ value, loss, m }) => void measured.push(m, loss, mCoherence(value)),
        }),
      )
      return {
        onEpochEnd: async (epoch, logs) => {
          await whole!.onEpochEnd!(epoch, logs)
          await inParts!.onEpochEnd!(epoch, logs)
        },
      }
    })
    expect(measured).toHaveLength(12)
    for (const at of [0, 6]) {
      expect(measured.slice(at + 3, at + 6)).toBeAllClose(measured.slice(at, at + 3), { rtol: 1e-5 })
    }
    tf.dispose([batch.inputs, batch.labels])
  })

  it('writes rows of a table, flushed after each measurement, whole and in parts', async () => {
    const batch = await examples(25)
    const expected: CoherenceTableRow[] = []
    const logOf = (): { rows: CoherenceTableRow[]; flushed: number[]; append: never; flush: never } => {
      const rows: CoherenceTableRow[] = []
      const flushed: number[] = []
      const append = (table: string, row: CoherenceTableRow): void => {
        expect(table).toBe('coherence')
        rows.push(row)
      }
      const flush = async (): Promise<void> => void flushed.push(rows.length)
      return { rows, flushed, append: append as never, flush: flush as never }
    }
    const [whole, inParts] = [logOf(), logOf()]
    await fit((model) => {
      const shared = { model, loss: softmaxCrossEntropy, batch }
      const callbacks = [
        coherenceCallback({ ...shared, log: whole }),
        coherenceCallback({ ...shared, log: inParts, split: 'probe', parts: { of: 7 } }),
        coherenceCallback<Measurable>({
          ...shared,
          measure: normsOf,
          onMeasured: ({ value, ...moment }) => void expected.push(...coherenceRows(value, moment)),
        }),
      ]
      return {
        onBatchBegin: (at, logs) => callbacks.forEach((each) => each.onBatchBegin!(at, logs)),
        onEpochEnd: async (epoch, logs) => {
          for (const each of callbacks) await each.onEpochEnd!(epoch, logs)
        },
      }
    })
    expect(whole.rows).toEqual(expected)
    const [scopes] = [whole.rows.map(({ step, epoch, scope, m }) => [step, epoch, scope.split(':')[0], m])]
    expect(scopes).toEqual([
      [4, 1, 'all', 25],
      ...Array.from({ length: 3 }, () => [4, 1, 'layer', 25]),
      [8, 2, 'all', 25],
      ...Array.from({ length: 3 }, () => [8, 2, 'layer', 25]),
    ])
    expect([whole.flushed, inParts.flushed]).toEqual([
      [4, 8],
      [4, 8],
    ])
    expect(inParts.rows.map(({ mAlpha }) => mAlpha)).toBeAllClose(
      expected.map(({ mAlpha }) => mAlpha),
      { rtol: 1e-5 },
    )
    expect(new Set(inParts.rows.map(({ split: name }) => name))).toEqual(new Set(['probe']))
    tf.dispose([batch.inputs, batch.labels])
  })

  it('disposes of all that it makes, also of what a function gives and where it fails', async () => {
    const yours = await examples(8)
    await fit()
    const before = tf.memory().numTensors
    await fit((model) => coherenceCallback({ ...options(model, yours), every: { batches: 1 }, onMeasured: () => {} }))
    expect(tf.memory().numTensors).toBe(before)
    const parts = { of: 3, merge: (a: number, b: number) => a + b }
    await fit((model) => coherenceCallback({ ...options(model, () => examples(8)), parts, onMeasured: () => {} }))
    expect(tf.memory().numTensors).toBe(before)
    const failing = fit((model) =>
      coherenceCallback({
        ...options(model, () => examples(8)),
        parts,
        measure: async () => {
          throw new Error('enough')
        },
        onMeasured: () => {},
      }),
    )
    await expect(failing).rejects.toThrow('enough')
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([yours.inputs, yours.labels])
  })

  it('says what is wrong', async () => {
    const model = network()
    const batch = await examples(2)
    const make = (more: Partial<Options>) => () =>
      coherenceCallback({ ...options(model, batch), onMeasured: () => {}, ...more })
    expect(make({ every: { epochs: 0 } })).toThrow(/required every\.epochs to be a whole number ≥ 1, found 0/)
    expect(make({ every: { batches: 1.5 } })).toThrow(/required every\.batches to be a whole number ≥ 1, found 1\.5/)
    expect(make({ parts: { of: Number.NaN, merge: (a) => a } })).toThrow(/required parts\.of .* found NaN/)
    const none = make({ batch: () => ({ inputs: tf.zeros([0, 6]), labels: tf.tensor1d([], 'int32') }) })()
    await expect(none.onEpochEnd!(0)).rejects.toThrow(/required a batch of one example or more, found none/)
    const odd = make({
      batch: () => ({ inputs: tf.mul(tf.ones([2, 6]), Number.NaN), labels: tf.tensor1d([0, 1], 'int32') }),
    })()
    await expect(odd.onEpochEnd!(0)).rejects.toThrow(/required .*finite/)
    tf.dispose([batch.inputs, batch.labels])
  })
})
