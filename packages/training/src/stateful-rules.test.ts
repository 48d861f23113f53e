import {
  chain,
  clipByNorm,
  clipRows,
  coordinateMedian,
  mean,
  meanOfMeans,
  medianOfMeans,
  momentum,
  perLayer,
  rollingMean,
  rollingMedian,
  schedule,
  warmup,
  winsorizedMean,
} from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy, type Aggregator } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { train, type TrainingOptions, type TrainingState } from './index.ts'
import { collect, open, toyBatches, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(90)

/** Every rule with a memory, and each way to make one of others. */
const rules: readonly (() => Aggregator)[] = [
  () => rollingMedian(),
  () => rollingMean(),
  () => chain(clipRows({ norm: 1 }), winsorizedMean({ percent: 8 }), momentum({ decay: 0.9 }), clipByNorm({ norm: 1 })),
  () => chain(rollingMedian({ steps: 4 }), momentum({ decay: 0.5 })),
  () => warmup(5, chain(mean(), momentum({ decay: 0.9 })), medianOfMeans({ groups: 3 })),
  () => warmup(3, meanOfMeans({ groups: 1 }), warmup(2, rollingMean(), rollingMedian())),
  () => schedule({ from: 0, to: 40, steps: 7 }, (percent) => winsorizedMean({ percent })),
  () =>
    schedule(
      {
        stairs: [
          [0, 0.9],
          [6, 0.2],
        ],
      },
      (decay) => chain(mean(), momentum({ decay })),
    ),
  () =>
    perLayer({
      'dense_1/*': chain(mean(), momentum({ decay: 0.9 })),
      dense_3: warmup(4, mean(), coordinateMedian()),
      otherwise: mean(),
    }),
]

describe.each(testEngines)('train on %s', (engine) => {
  beforeAll(() => open(engine))

  it.each(rules.map((rule) => ({ name: rule().name, rule })))(
    'goes on from each checkpoint to the same bytes with $name',
    async ({ rule }) => {
      const options = (model: LayersModel): TrainingOptions => ({
        model,
        loss: softmaxCrossEntropy,
        aggregator: rule(),
        batch: toyBatches(split, 12),
        examplesPerEpoch: split.ids.length,
        steps: 9,
        learningRate: 0.05,
        checkpointEvery: 2,
      })
      const unbroken = toyModel()
      const before = tf.memory().numTensors
      const told = await collect(train(options(unbroken)))
      expect(tf.memory().numTensors).toBe(before)
      for (const [i, event] of told.entries()) {
        if (event.kind !== 'checkpoint') continue
        const state: TrainingState = event.state
        const model = toyModel(2)
        expect(await collect(train({ ...options(model), resume: state }))).toEqual(told.slice(i + 1))
        expect(await weightsOf(model)).toEqual(await weightsOf(unbroken))
        model.dispose()
      }
    },
  )
})
