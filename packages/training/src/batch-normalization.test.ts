import { mean, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import {
  microBatchGradients,
  movingStatisticsOf,
  softmaxCrossEntropy,
  trainableWeights,
  type Aggregator,
} from '@coherent-gradients/gradients'
import { relativeError, testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { tensorBatch, train, type TrainingOptions } from './index.ts'
import { collect, open, toyBatches, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(90)
const M3 = (): Aggregator => medianOfMeans({ groups: 3 })

function normalised(): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({ name: 'hidden', units: 4, inputShape: [6], useBias: false }),
      tfl.layers.batchNormalization({ name: 'normalised', momentum: 0.9 }),
      tfl.layers.activation({ activation: 'tanh' }),
      tfl.layers.dense({ name: 'logits', units: 3 }),
    ],
  })
  for (const [i, { variable }] of trainableWeights(model).entries()) {
    tf.tidy(() =>
      variable.assign(
        tf.tensor(
          Array.from({ length: variable.size }, (_, j) => Math.sin(i + 3 * j) + (i === 1 ? 1.5 : 0)),
          variable.shape,
        ),
      ),
    )
  }
  return model
}

const options = (model: tfl.LayersModel, aggregator: Aggregator): TrainingOptions => ({
  model,
  loss: softmaxCrossEntropy,
  aggregator,
  batch: toyBatches(split, 12),
  examplesPerEpoch: split.ids.length,
  steps: 6,
  learningRate: 0.1,
  checkpointEvery: 2,
})

const statisticsOf = async (model: tfl.LayersModel): Promise<number[]> =>
  (await Promise.all(movingStatisticsOf(model).map(({ variable }) => variable.data()))).flatMap((x) => [...x])

describe.each(testEngines)('batch normalisation on %s', (engine) => {
  beforeAll(() => open(engine))

  it('goes by each micro-batch’s own statistics under M3, and the moving ones follow as in tfjs', async () => {
    const [model, twin] = [normalised(), normalised()]
    await collect(train({ ...options(model, M3()), steps: 1 }))
    const { inputs, labels } = tensorBatch(await toyBatches(split, 12)(0))
    const stack = microBatchGradients(twin, softmaxCrossEntropy, { inputs, labels }, 3, {
      batchNormalization: 'training',
    })
    const { gradient } = M3().aggregate(stack, {})
    tf.tidy(() => {
      for (let j = 0; j < 3; j++) twin.apply(tf.slice(inputs, [4 * j, 0], [4, 6]), { training: true })
      for (const { name, variable } of trainableWeights(twin)) {
        variable.assign(tf.sub(variable, tf.mul(gradient[name]!, 0.1)))
      }
    })
    expect(relativeError(await weightsOf(model), await weightsOf(twin))).toBeLessThan(1e-5)
    expect(await statisticsOf(model)).not.toEqual(await statisticsOf(normalised()))
    tf.dispose([inputs, labels, gradient])
    stack.dispose()
  })

  it.each([
    ['held', 2 ** 28],
    ['folded', 1],
  ])('goes on from each checkpoint to the same bytes, micro-batches %s', async (_, foldAboveBytes) => {
    const unbroken = normalised()
    const before = tf.memory().numTensors
    const told = await collect(train({ ...options(unbroken, M3()), foldAboveBytes }))
    expect(tf.memory().numTensors).toBe(before)
    for (const [i, event] of told.entries()) {
      if (event.kind !== 'checkpoint') continue
      expect(Object.keys(event.state.weights)).toContain('normalised/moving_variance')
      const model = normalised()
      const resumed = train({ ...options(model, M3()), foldAboveBytes, resume: event.state })
      expect(await collect(resumed)).toEqual(told.slice(i + 1))
      expect(await weightsOf(model)).toEqual(await weightsOf(unbroken))
    }
  })

  it.each([mean, () => winsorizedMean({ percent: 8 })])(
    'goes by the moving statistics under a rule over examples, and leaves them',
    async (rule) => {
      const model = normalised()
      await collect(train(options(model, rule())))
      expect(await statisticsOf(model)).toEqual(await statisticsOf(normalised()))
    },
  )
})
