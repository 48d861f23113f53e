import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import { relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { mean, medianOfMeans, winsorizedMean, withAggregator } from './index.ts'
import { M, waves, inputs, classes, oneHot, network, weightsOf } from './small-network.test-support.ts'

describe('withAggregator and the models before it', () => {
  beforeAll(async () => void (await openEngine('cpu')()))
  const batch = (): { inputs: Tensor; labels: Tensor } => ({
    inputs: inputs(0),
    labels: tf.tensor1d(classes(0), 'int32'),
  })

  it('goes into compile for fit with its callbacks, metrics and validation', async () => {
    const model = network('softmax')
    model.compile({
      optimizer: withAggregator(tf.train.adam(0.01), winsorizedMean({ percent: 4 })),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    })
    const seen: string[] = []
    const { history } = await model.fit(inputs(1), oneHot(1), {
      epochs: 9,
      batchSize: 3,
      verbose: 0,
      shuffle: false,
      validationData: [inputs(2), oneHot(2)],
      callbacks: {
        onBatchEnd: (i) => void seen.push(`batch ${i}`),
        onEpochEnd: (epoch, logs) => {
          seen.push(`epoch ${epoch}: ${Object.keys(logs ?? {}).join(' ')}`)
          model.stopTraining = epoch === 1
        },
      },
    })
    const logged = 'val_loss val_acc loss acc'
    expect(seen).toEqual(['batch 0', 'batch 1', `epoch 0: ${logged}`, 'batch 0', 'batch 1', `epoch 1: ${logged}`])
    const [first, second] = history['loss'] as number[]
    expect(second).toBeLessThan(first!)
  })

  it('refuses class weights, and says why', async () => {
    const model = network('softmax')
    model.compile({ optimizer: withAggregator(tf.train.sgd(0.1), mean()), loss: 'categoricalCrossentropy' })
    const fit = model.fit(inputs(1), oneHot(1), { classWeight: { 0: 1, 1: 2, 2: 1 }, verbose: 0 })
    await expect(fit).rejects.toThrow(/found them multiplied by sample or class weights: .*no example’s own/)
    await model.fit(inputs(1), oneHot(1), { verbose: 0 })
  })

  it('refuses masks', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.masking({ maskValue: 0, inputShape: [3, 2] }),
        tfl.layers.dense({ units: 2 }),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 1 }),
      ],
    })
    model.compile({ optimizer: withAggregator(tf.train.sgd(0.1), mean()), loss: 'meanSquaredError' })
    await expect(model.fit(tf.ones([4, 3, 2]), tf.ones([4, 1]), { verbose: 0 })).rejects.toThrow(
      /withAggregator: required inputs without masks, found layer \w+ given one/,
    )
  })

  it('refuses a trained layer without a rule, by name and class', async () => {
    const model = tfl.sequential({
      layers: [tfl.layers.gru({ units: 2, inputShape: [3, 2], recurrentInitializer: 'glorotUniform' })],
    })
    model.compile({ optimizer: withAggregator(tf.train.sgd(0.1), mean()), loss: 'meanSquaredError' })
    await expect(model.fit(tf.ones([4, 3, 2]), tf.ones([4, 2]), { verbose: 0 })).rejects.toThrow(
      /withAggregator: no rule for layer gru_\w+ of class GRU/,
    )
  })

  it('says what else doesn’t go together', () => {
    const sgd = (): tf.Optimizer => tf.train.sgd(0.1)
    const model = network('linear')
    const step = (optimizer: ReturnType<typeof withAggregator>): Scalar =>
      optimizer.step(model, softmaxCrossEntropy, batch())
    expect(() => step(withAggregator(sgd(), medianOfMeans({ groups: 4 })))).toThrow(
      'withAggregator: required a number of micro-batches that divides the batch of 6, found 4',
    )
    expect(() => step(withAggregator(sgd(), mean(), { batchNormalization: 'training' }))).toThrow(
      /required batchNormalization inference or frozenBatch for rows that are examples, found training/,
    )
    expect(() => withAggregator(withAggregator(sgd(), mean()), mean())).toThrow(
      'withAggregator: required an optimizer of tf.train, found one that has a rule already',
    )
    expect(() => withAggregator('adam' as never, mean())).toThrow(
      /required an optimizer of tf.train, such as tf.train.sgd\(0.1\), found 'adam'/,
    )
    expect(() => withAggregator(sgd(), mean as never)).toThrow(
      /required a rule, such as mean\(\), found the function mean: call it/,
    )
    expect(() => withAggregator(sgd(), mean()).minimize(() => tf.scalar(1))).toThrow(
      'withAggregator: required a loss of a model with trained layers, found none at work',
    )
  })

  it('leaves the layers as they were, also after an error', async () => {
    const model = network('linear')
    const { apply } = tfl.layers.Layer.prototype
    const { runKernel } = tf.engine()
    const optimizer = withAggregator(tf.train.sgd(0.1), winsorizedMean({ count: 5 }))
    expect(() => optimizer.step(model, softmaxCrossEntropy, batch())).toThrow(/required at least 11 rows, found 6/)
    expect(tfl.layers.Layer.prototype.apply).toBe(apply)
    expect(tf.engine().runKernel).toBe(runKernel)
    expect(model.layers.filter((layer) => Object.hasOwn(layer, 'call'))).toEqual([])
    expect(await weightsOf(model)).toEqual(await weightsOf(network('linear')))
  })

  it('goes through nested and shared layers, and models with several outputs', async () => {
    const build = (): tfl.LayersModel => {
      const inner = tfl.sequential({
        name: 'inner',
        layers: [tfl.layers.dense({ name: 'one', units: 4, activation: 'tanh', inputShape: [4] })],
      })
      const x = tfl.input({ shape: [4] })
      const twice = inner.apply(inner.apply(x)) as tfl.SymbolicTensor
      const heads = [2, 3].map((units) => tfl.layers.dense({ units }).apply(twice) as tfl.SymbolicTensor)
      const model = tfl.model({ inputs: x, outputs: heads })
      model.setWeights(model.getWeights().map((weight, i) => tf.tensor(waves(weight.size, i), weight.shape)))
      return model
    }
    const ends: number[][] = []
    for (const optimizer of [tf.train.sgd(0.1), withAggregator(tf.train.sgd(0.1), mean())]) {
      const model = build()
      model.compile({ optimizer, loss: ['meanSquaredError', 'meanSquaredError'] })
      await model.fit(inputs(1), [tf.ones([M, 2]), oneHot(1)], { epochs: 2, verbose: 0, shuffle: false })
      ends.push(await weightsOf(model))
    }
    expect(relativeError(ends[1]!, ends[0]!)).toBeLessThan(1e-5)
  })
})
