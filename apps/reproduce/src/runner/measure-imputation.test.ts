import { keyOf, type Split } from '@coherent-gradients/core'
import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { measureImputation } from './measure-imputation.ts'
import { withSigns } from './with-signs.ts'

let model: tfl.LayersModel
beforeAll(async () => {
  await openEngine('cpu')()
  model = tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 4, activation: 'tanh', inputShape: [3], kernelInitializer: 'ones' }),
      tfl.layers.dense({ units: 2, kernelInitializer: tfl.initializers.randomNormal({ seed: 1 }) }),
    ],
  })
})

/** Examples of three features that follow from their ids, in two classes. */
const split: Split = {
  name: 'made up',
  ids: Uint32Array.from({ length: 12 }, (_, i) => 3 * i),
  classes: 2,
  inputShape: [3],
  async read(asked) {
    const ids = Uint32Array.from(asked)
    const labels = Int32Array.from(ids, (id) => (id >> 1) % 2)
    const inputs = Float32Array.from([...ids].flatMap((id) => [1, Math.sin(id), Math.cos(id * id)]))
    return { ids, inputs, labels, trueLabels: labels, touched: new Uint8Array(ids.length), inputShape: [3] }
  },
}

describe('measureImputation', () => {
  const measure = (batchSizes: number[], batches: number[], draws: number) =>
    measureImputation(model, softmaxCrossEntropy, split, split.ids, { batchSizes, batches, draws, key: keyOf(7) })

  it('is the direct α where every batch is one example, and all are there', async () => {
    const [row] = await measure([1], [12], 1)
    expect(row).toMatchObject({ population: 'all', draw: 0, batches: 12, batchSize: 1 })
    expect(row!.alphaDebiased).toBeCloseTo(row!.alphaDirect, 4)
    expect(row!.low).toBeLessThan(row!.alphaDebiased)
    expect(row!.high).toBeGreaterThan(row!.alphaDebiased)
  })

  it('measures a network with batch normalisation by either kind of statistics', async () => {
    const normalised = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 4, inputShape: [3], kernelInitializer: tfl.initializers.randomNormal({ seed: 2 }) }),
        tfl.layers.batchNormalization(),
        tfl.layers.dense({ units: 2, kernelInitializer: tfl.initializers.randomNormal({ seed: 1 }) }),
      ],
    })
    const before = tf.memory().numTensors
    const rows = await measureImputation(normalised, softmaxCrossEntropy, split, split.ids, {
      batchSizes: [1],
      batches: [12],
      draws: 1,
      key: keyOf(7),
      statistics: 'both',
    })
    expect(tf.memory().numTensors).toBe(before)
    const [moving, own] = rows
    expect(rows.map(({ population }) => population)).toEqual(['moving statistics', 'own statistics'])
    // Batches of one example each, by fixed statistics: the examples themselves.
    expect(moving!.alphaDebiased).toBeCloseTo(moving!.alphaDirect, 5)
    expect(own!.alphaDirect).not.toBeCloseTo(moving!.alphaDirect, 3)
    // An example that is normalised by itself is 0.
    expect(own!.alphaDebiased).not.toBeCloseTo(own!.alphaDirect, 3)
    normalised.dispose()
  })

  it('takes as many small draws as a large one has parts, the same each time, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors
    const rows = await measure([1, 3], [2, 4], 3)
    expect(tf.memory().numTensors).toBe(before)
    for (const population of ['all', 'random signs']) {
      for (const batchSize of [1, 3]) {
        const of = rows.filter((row) => row.population === population && row.batchSize === batchSize)
        expect(of.filter(({ batches }) => batches === 2).map(({ draw }) => draw)).toEqual([0, 1, 2, 3, 4, 5])
        expect(of.filter(({ batches }) => batches === 4).map(({ draw }) => draw)).toEqual([0, 1, 2])
      }
    }
    expect(rows.filter(({ batches }) => batches === 2).every(({ low }) => low === null)).toBe(true)
    expect(rows.filter(({ population }) => population === 'random signs').every((row) => row.alphaDirect === 0)).toBe(
      true,
    )
    expect(await measure([1, 3], [2, 4], 3)).toEqual(rows)
  })
})

it('gives each gradient its sign', () => {
  const inputs = tf.tensor2d([
    [1, 2, 3],
    [1, 0, 1],
  ])
  const rows = (labels: tf.Tensor, loss = softmaxCrossEntropy): number[] => {
    const stack = perExampleGradients(model, loss, { inputs, labels })
    const block = stack.blocks[0]!
    const values = [...block.columns(0, block.size).dataSync()]
    stack.dispose()
    return values
  }
  const plain = rows(tf.tensor1d([0, 1], 'int32'))
  const signed = rows(
    tf.tensor2d([
      [0, 1],
      [1, -1],
    ]),
    withSigns(softmaxCrossEntropy),
  )
  expect(signed).toEqual(plain.map((x, j) => (j < plain.length / 2 ? x : -x)))
})
