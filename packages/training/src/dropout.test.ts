import { mean, meanOfMeans } from '@coherent-gradients/aggregators'
import { keyOf } from '@coherent-gradients/core'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { buildModel } from '@coherent-gradients/models'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { train, type TrainingOptions, type TrainingState } from './index.ts'
import { collect, open, toyBatches, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(48)
const spec = { kind: 'mlp', inputs: 6, hidden: [8, 5], dropout: 0.5, outputs: 3 } as const

/** The weights after some steps, and the checkpoints on the way. */
async function trained(more: Partial<TrainingOptions> = {}): Promise<[number[], TrainingState[]]> {
  const before = tf.memory().numTensors
  const model = buildModel(spec, keyOf(1))
  const events = await collect(
    train({
      model,
      loss: softmaxCrossEntropy,
      aggregator: mean(),
      batch: toyBatches(split, 24),
      examplesPerEpoch: 48,
      steps: 6,
      learningRate: 0.1,
      dropout: keyOf('dropout'),
      ...more,
    }),
  )
  const weights = await weightsOf(model)
  model.dispose()
  expect(tf.memory().numTensors).toBe(before)
  return [weights, events.flatMap((event) => (event.kind === 'checkpoint' ? [event.state] : []))]
}

describe.each(testEngines)('dropout on %s', (engine) => {
  beforeAll(() => open(engine))

  it('comes from its key alone, and goes on from a checkpoint as it would have', async () => {
    const [weights, checkpoints] = await trained({ checkpointEvery: 4 })
    expect((await trained())[0]).toEqual(weights)
    expect((await trained({ resume: checkpoints[0]! }))[0]).toEqual(weights)
    expect((await trained({ dropout: keyOf('other') }))[0]).not.toEqual(weights)
  })

  it('is an example’s own: neither the order of a batch nor its micro-batches matter', async () => {
    const [weights] = await trained()
    const batch: TrainingOptions['batch'] = async (step) => {
      const { ids } = await toyBatches(split, 24)(step)
      return split.read(ids.toReversed())
    }
    const others = [{ batch }, { aggregator: meanOfMeans({ groups: 4 }) }]
    for (const other of [...others, { ...others[1], foldAboveBytes: 0 }]) {
      expect((await trained(other))[0]).toBeAllClose(weights, { rtol: 1e-4, atol: 1e-5 })
    }
  })

  it('is off without a key', async () => {
    const { dropout: _, ...plain } = spec
    const model = buildModel(plain, keyOf(1))
    const options = { model, loss: softmaxCrossEntropy, aggregator: mean(), batch: toyBatches(split, 24) }
    await collect(train({ ...options, examplesPerEpoch: 48, steps: 6, learningRate: 0.1 }))
    const wanted = await weightsOf(model)
    const dropping = buildModel(spec, keyOf(1))
    await collect(train({ ...options, model: dropping, examplesPerEpoch: 48, steps: 6, learningRate: 0.1 }))
    expect(await weightsOf(dropping)).toBeAllClose(wanted, { rtol: 1e-5, atol: 1e-6 })
    expect((await trained())[0]).not.toEqual(wanted)
    model.dispose()
    dropping.dispose()
  })
})
