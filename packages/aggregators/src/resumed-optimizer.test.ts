import { openEngine } from '@coherent-gradients/engine'
import { softmaxCrossEntropy, type Aggregator } from '@coherent-gradients/gradients'
import { onEachEngine, relativeError } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { expect, it } from 'vitest'
import {
  chain,
  coordinateMedian,
  grokfast,
  mean,
  medianOfMeans,
  momentum,
  rollingMedian,
  warmup,
  withAggregator,
} from './index.ts'
import { batch, network, weightsOf } from './small-network.test-support.ts'

onEachEngine('withAggregator, stopped and resumed,', openEngine, () => {
  it.each<{ name: string; rule: () => Aggregator }>([
    { name: 'RM3', rule: () => rollingMedian() },
    { name: 'momentum behind a median', rule: () => chain(coordinateMedian(), momentum({ decay: 0.9 })) },
    { name: 'a warm-up', rule: () => warmup(3, mean(), medianOfMeans({ groups: 3 })) },
  ])('goes on from saved weights as if unbroken: $name', async ({ rule }) => {
    const run = async (
      model: tfl.LayersModel,
      optimizer: ReturnType<typeof withAggregator>,
      from: number,
      to: number,
    ) => {
      for (let step = from; step < to; step++) optimizer.step(model, softmaxCrossEntropy, batch(step)).dispose()
    }
    const unbroken = network('linear')
    await run(unbroken, withAggregator(tf.train.adam(0.01), rule()), 0, 6)
    for (const at of [0, 1, 4]) {
      const first = network('linear')
      const optimizer = withAggregator(tf.train.adam(0.01), rule())
      await run(first, optimizer, 0, at)
      const saved = (await optimizer.getWeights()).map(({ name, tensor }) => ({ name, tensor: tf.clone(tensor) }))
      const second = network('linear')
      second.setWeights(first.getWeights())
      const resumed = withAggregator(tf.train.adam(0.01), rule())
      await resumed.setWeights(saved)
      // tfjs's Adam takes up β^t by a power where it multiplied before.
      await run(second, resumed, at, 6)
      expect(relativeError(await weightsOf(second), await weightsOf(unbroken))).toBeLessThan(1e-5)
    }
  })

  it('goes on to the same bytes with a model made anew, whose layers tfjs calls otherwise', async () => {
    const unnamed = (): tfl.LayersModel =>
      tfl.sequential({
        layers: [
          tfl.layers.dense({ units: 5, activation: 'tanh', inputShape: [4], kernelInitializer: 'ones' }),
          tfl.layers.dense({ units: 3, kernelInitializer: 'zeros' }),
        ],
      })
    const run = (model: tfl.LayersModel, optimizer: ReturnType<typeof withAggregator>, from: number, to: number) => {
      for (let step = from; step < to; step++) optimizer.step(model, softmaxCrossEntropy, batch(step)).dispose()
    }
    for (const rule of [rollingMedian, () => chain(mean(), grokfast(), momentum({ decay: 0.9 }))]) {
      const [unbroken, whole] = [unnamed(), withAggregator(tf.train.sgd(0.1), rule())]
      run(unbroken, whole, 0, 7)
      const [first, stopped] = [unnamed(), withAggregator(tf.train.sgd(0.1), rule())]
      run(first, stopped, 0, 4)
      const resumed = withAggregator(tf.train.sgd(0.1), rule())
      await resumed.setWeights(await stopped.getWeights())
      const second = unnamed()
      second.setWeights(first.getWeights())
      expect((await resumed.getWeights()).map(({ name }) => name)).toEqual(
        (await stopped.getWeights()).map(({ name }) => name),
      )
      run(second, resumed, 4, 7)
      expect(await weightsOf(second)).toEqual(await weightsOf(unbroken))
      const other = withAggregator(tf.train.sgd(0.1), chain(mean(), grokfast()))
      await other.setWeights(await withMemory().getWeights())
      expect(() => run(unnamed(), other, 0, 1)).toThrow(/required the memory of chain\(mean, grokfast.*of another rule/)
    }

    function withMemory(): ReturnType<typeof withAggregator> {
      const optimizer = withAggregator(tf.train.sgd(0.1), rollingMedian())
      run(unnamed(), optimizer, 0, 2)
      return optimizer
    }
  })
})
