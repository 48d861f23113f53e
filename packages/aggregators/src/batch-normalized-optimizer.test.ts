import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy, trainableWeights } from '@coherent-gradients/gradients'
import { onEachEngine, relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { expect, it } from 'vitest'
import { meanOfMeans, medianOfMeans, winsorizedMean, withAggregator } from './index.ts'
import { batch, inputs, network, oneHot, weightsOf } from './small-network.test-support.ts'

onEachEngine('withAggregator and batch normalisation', openEngine, () => {
  const normalised = (): tfl.LayersModel => network('linear', [tfl.layers.batchNormalization({ momentum: 0.9 })])

  it('over micro-batches goes by each one’s own statistics, which the moving ones follow', async () => {
    const model = normalised()
    withAggregator(tf.train.sgd(0.1), medianOfMeans({ groups: 3 }))
      .step(model, softmaxCrossEntropy, batch(0))
      .dispose()
    const twin = normalised()
    const variables = trainableWeights(twin).map(({ variable }) => variable)
    const rows: number[][][] = []
    for (let j = 0; j < 3; j++) {
      const { value, grads } = tf.variableGrads(() => {
        const output = twin.apply(tf.slice(inputs(0), [2 * j, 0], [2, 4]), { training: true }) as Tensor
        return tf.mean(softmaxCrossEntropy.perExample(output, tf.slice(batch(0).labels, [2 * j], [2])))
      }, variables)
      rows.push(await Promise.all(variables.map(async ({ name }) => [...(await grads[name]!.data())])))
      tf.dispose([value, grads])
    }
    tf.train.sgd(0.1).applyGradients(
      variables.map(({ name, shape }, w) => ({
        name,
        tensor: tf.tensor(
          rows[0]![w]!.map((_, j) => rows.map((row) => row[w]![j]!).toSorted((a, b) => a - b)[1]!),
          shape,
        ),
      })),
    )
    expect(relativeError(await weightsOf(model), await weightsOf(twin))).toBeLessThan(1e-4)
  })

  it('in fit with the mean of one micro-batch is fit’s own', async () => {
    const ends: number[][] = []
    for (const optimizer of [tf.train.sgd(0.1), withAggregator(tf.train.sgd(0.1), meanOfMeans({ groups: 1 }))]) {
      const model = normalised()
      model.compile({ optimizer, loss: 'meanSquaredError' })
      await model.fit(inputs(1), oneHot(1), { epochs: 3, batchSize: 3, shuffle: false, verbose: 0 })
      ends.push(await weightsOf(model))
    }
    expect(relativeError(ends[1]!, ends[0]!)).toBeLessThan(1e-4)
  })

  it.each(['inference', 'frozenBatch'] as const)('over examples goes by the choice: %s', async (batchNormalization) => {
    const model = normalised()
    const optimizer = withAggregator(tf.train.sgd(0.1), winsorizedMean({ count: 1 }), { batchNormalization })
    optimizer.step(model, softmaxCrossEntropy, batch(0)).dispose()
    const before = normalised()
    const moved = (at: tfl.LayersModel): Promise<Float32Array>[] =>
      at.weights
        .filter(({ name }) => name.includes('moving'))
        .map((weight) => weight.read().data() as Promise<Float32Array>)
    const same = JSON.stringify(await Promise.all(moved(model))) === JSON.stringify(await Promise.all(moved(before)))
    expect(same).toBe(batchNormalization === 'inference')
  })

  it('over examples is refused where nothing is chosen', () => {
    const optimizer = withAggregator(tf.train.sgd(0.1), winsorizedMean({ count: 1 }))
    expect(() => optimizer.step(normalised(), softmaxCrossEntropy, batch(0))).toThrow(
      /withAggregator: required batchNormalization inference or frozenBatch for layer batch_normalization\w*, found none/,
    )
  })
})
