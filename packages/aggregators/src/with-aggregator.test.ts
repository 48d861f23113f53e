import { openEngine } from '@coherent-gradients/engine'
import { halfSquaredError, softmaxCrossEntropy, trainableWeights, type Aggregator } from '@coherent-gradients/gradients'
import { onEachEngine, relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import {
  chain,
  coordinateMedian,
  mean,
  medianOfMeans,
  meanOfMeans,
  momentum,
  rollingMedian,
  warmup,
  winsorizedMean,
  withAggregator,
} from './index.ts'
import { M, batch, waves, inputs, classes, oneHot, network, weightsOf } from './small-network.test-support.ts'

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  adam: () => tf.train.adam(0.01),
  rmsprop: () => tf.train.rmsprop(0.01),
  adagrad: () => tf.train.adagrad(0.1),
  adamax: () => tf.train.adamax(0.01),
  adadelta: () => tf.train.adadelta(0.5),
}

/** Updates as they are written down: each example alone through tfjs's own gradients, then the rule on plain numbers. */
async function byHand(
  model: tfl.LayersModel,
  optimizer: tf.Optimizer,
  steps: number,
  rule: (rows: readonly (readonly number[])[]) => number[],
): Promise<void> {
  const variables = trainableWeights(model).map(({ variable }) => variable)
  for (let step = 0; step < steps; step++) {
    const rows: number[][][] = []
    for (let i = 0; i < M; i++) {
      const { value, grads } = tf.variableGrads(() => {
        const x = tf.slice(inputs(step), [i, 0], [1, 4])
        return tf.mean(
          softmaxCrossEntropy.perExample(model.apply(x) as Tensor, tf.tensor1d([classes(step)[i]!], 'int32')),
        )
      }, variables)
      rows.push(await Promise.all(variables.map(async ({ name }) => [...(await grads[name]!.data())])))
      tf.dispose([value, grads])
    }
    optimizer.applyGradients(
      variables.map(({ name, shape }, w) => ({ name, tensor: tf.tensor(rule(rows.map((row) => row[w]!)), shape) })),
    )
  }
}

const columns = (rows: readonly (readonly number[])[]): number[][] => rows[0]!.map((_, j) => rows.map((row) => row[j]!))
const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)
const thirds = (rows: readonly (readonly number[])[]): number[][] =>
  [0, 2, 4].map((from) => columns(rows.slice(from, from + 2)).map(average))

const rules: readonly {
  readonly aggregator: () => Aggregator
  readonly hand: (rows: readonly (readonly number[])[]) => number[]
}[] = [
  { aggregator: mean, hand: (rows) => columns(rows).map(average) },
  {
    aggregator: () => winsorizedMean({ count: 1 }),
    hand: (rows) =>
      columns(rows).map((values) => {
        const [low, high] = [sorted(values)[1]!, sorted(values)[M - 2]!]
        return average(values.map((x) => Math.min(Math.max(x, low), high)))
      }),
  },
  { aggregator: () => medianOfMeans({ groups: 3 }), hand: (rows) => columns(thirds(rows)).map((v) => sorted(v)[1]!) },
  { aggregator: () => meanOfMeans({ groups: 3 }), hand: (rows) => columns(rows).map(average) },
]

onEachEngine('withAggregator', openEngine, () => {
  describe.each(Object.keys(optimizers))('%s', (name) => {
    it.each(rules)('behind a rule steps as a loop with one example at a time does', async ({ aggregator, hand }) => {
      const [model, twin] = [network('linear'), network('linear')]
      const optimizer = withAggregator(optimizers[name]!(), aggregator())
      const held: number[] = []
      for (let step = 0; step < 4; step++) {
        const now = batch(step)
        optimizer.step(model, softmaxCrossEntropy, now).dispose()
        tf.dispose([now.inputs, now.labels])
        held.push(tf.memory().numTensors)
      }
      expect(held[3]).toBe(held[2])
      await byHand(twin, optimizers[name]!(), 4, hand)
      expect(relativeError(await weightsOf(model), await weightsOf(twin))).toBeLessThan(2e-5)
      expect(relativeError(await weightsOf(model), await weightsOf(network('linear')))).toBeGreaterThan(1e-4)
      optimizer.dispose()
    })
  })

  it('gives the batch’s mean loss', async () => {
    const model = network('linear')
    const loss = withAggregator(tf.train.sgd(0.1), coordinateMedian()).step(model, softmaxCrossEntropy, batch(0))
    const expected = tf.mean(
      softmaxCrossEntropy.perExample(network('linear').apply(inputs(0)) as Tensor, batch(0).labels),
    )
    expect((await loss.data())[0]).toBeCloseTo((await expected.data())[0]!, 5)
  })

  it.each([
    { what: 'a softmax and categoricalCrossentropy', last: 'softmax', loss: 'categoricalCrossentropy' },
    { what: 'meanSquaredError', last: 'linear', loss: 'meanSquaredError' },
  ] as const)('fit with the mean ends as fit without it: $what', async ({ last, loss }) => {
    const ends: number[][] = []
    const logs: number[][] = []
    for (const optimizer of [tf.train.adam(0.01), withAggregator(tf.train.adam(0.01), mean())]) {
      const model = network(last, [], 0.01)
      model.compile({ optimizer, loss, metrics: ['accuracy'] })
      const said: number[] = []
      const { history } = await model.fit(inputs(1, 10), oneHot(1, 10), {
        epochs: 3,
        batchSize: 4,
        shuffle: false,
        validationData: [inputs(2), oneHot(2)],
        verbose: 0,
        callbacks: { onBatchEnd: (_, batchLogs) => void said.push(batchLogs!['loss'] as number) },
      })
      expect(said).toHaveLength(9)
      ends.push(await weightsOf(model))
      logs.push([...Object.values(history).flat(), ...said] as number[])
    }
    expect(relativeError(ends[1]!, ends[0]!)).toBeLessThan(1e-5)
    expect(relativeError(logs[1]!, logs[0]!)).toBeLessThan(1e-5)
  })

  it.each(rules)('fit and a loop of one’s own agree', async ({ aggregator }) => {
    const fitted = network('linear')
    fitted.compile({ optimizer: withAggregator(tf.train.adam(0.01), aggregator()), loss: 'meanSquaredError' })
    await fitted.fit(inputs(1), oneHot(1), { epochs: 3, batchSize: M, shuffle: false, verbose: 0 })
    const stepped = network('linear')
    const optimizer = withAggregator(tf.train.adam(0.01), aggregator())
    const squares = { ...halfSquaredError, perExample: meanSquares }
    for (let step = 0; step < 3; step++) {
      optimizer.step(stepped, squares, { inputs: inputs(1), labels: oneHot(1) }).dispose()
    }
    expect(relativeError(await weightsOf(fitted), await weightsOf(stepped))).toBeLessThan(1e-5)
  })

  it('adds the gradients of regularisers behind the rule', async () => {
    const [plain, decayed] = [network('linear'), network('linear', [], 0.1)]
    for (const model of [plain, decayed]) {
      withAggregator(tf.train.sgd(1), winsorizedMean({ count: 1 }))
        .step(model, softmaxCrossEntropy, batch(0))
        .dispose()
    }
    const kernel = waves(20, 0)
    const [a, b] = [await weightsOf(plain), await weightsOf(decayed)]
    expect(a.slice(0, 20).map((x, j) => x - b[j]!)).toBeAllClose(
      kernel.map((w) => 0.2 * w),
      { rtol: 1e-4, atol: 1e-5 },
    )
    expect(a.slice(20)).toEqual(b.slice(20))
  })

  it('holds no more tensors after trainOnBatch than before, where nothing tidies up behind it', async () => {
    const model = network('softmax', [], 0.01)
    model.compile({ optimizer: withAggregator(tf.train.adam(0.01), rollingMedian()), loss: 'categoricalCrossentropy' })
    const [xs, ys] = [inputs(1), oneHot(1)]
    const held: number[] = []
    for (let step = 0; step < 6; step++) {
      await model.trainOnBatch(xs, ys)
      held.push(tf.memory().numTensors)
    }
    expect(new Set(held.slice(2)).size).toBe(1)
  })

  it('holds no more tensors after ten epochs of fit than after one', async () => {
    const model = network('softmax')
    const optimizer = withAggregator(tf.train.adam(0.01), warmup(2, mean(), chain(mean(), momentum({ decay: 0.5 }))))
    model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
    const [xs, ys] = [inputs(1), oneHot(1)]
    const held: number[] = []
    await model.fit(xs, ys, {
      epochs: 10,
      batchSize: 2,
      verbose: 0,
      callbacks: { onEpochEnd: () => void held.push(tf.memory().numTensors) },
    })
    expect(new Set(held.slice(1)).size).toBe(1)
  })
})

function meanSquares(output: Tensor, labels: Tensor): tf.Tensor1D {
  return tf.mean(tf.squaredDifference(output, labels), 1) as tf.Tensor1D
}
