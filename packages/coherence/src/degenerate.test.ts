import { openEngine } from '@coherent-gradients/engine'
import { perExampleGradients, softmaxCrossEntropy } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { summarise, type Measurable } from './index.ts'
import { normsOf, statisticOf, type RowIds } from './tfjs.ts'

let model: tfl.LayersModel
beforeAll(async () => {
  expect((await openEngine('cpu')())._tag).toBe('Right')
  model = tfl.sequential({ layers: [tfl.layers.dense({ name: 'd', units: 3, useBias: false, inputShape: [2] })] })
})

const ways: readonly (readonly [string, (stack: ReturnType<typeof stackOf>, ids: RowIds) => Promise<Measurable>])[] = [
  ['statisticOf', statisticOf],
  ['normsOf', normsOf],
]

function stackOf(x: readonly number[], labels: readonly number[]): ReturnType<typeof perExampleGradients> {
  const batch = { inputs: tf.tensor2d([...x], [labels.length, 2]), labels: tf.tensor1d([...labels], 'int32') }
  const stack = perExampleGradients(model, softmaxCrossEntropy, batch)
  tf.dispose([batch.inputs, batch.labels])
  return stack
}

describe.each(ways)('%s of degenerate batches', (_, measure) => {
  const measured = async (x: readonly number[], labels: readonly number[], ids?: RowIds): Promise<Measurable> => {
    const stack = stackOf(x, labels)
    try {
      return await measure(stack, ids ?? {})
    } finally {
      stack.dispose()
    }
  }

  it('all gradients zero: α = 0', async () => {
    expect(summarise(await measured([0, 0, 0, 0], [0, 1]))).toMatchObject({ alpha: 0, mAlpha: 0, alphaDebiased: 0 })
  })

  it('one example: α = 1, and no debiased α', async () => {
    expect(summarise(await measured([1, 2], [0]))).toMatchObject({ m: 1, alphaDebiased: null })
    expect(summarise(await measured([1, 2], [0])).alpha).toBeCloseTo(1, 6)
  })

  it('no example: nothing that α is defined on', async () => {
    const nothing = await measured([], [])
    expect(() => summarise(nothing)).toThrow(/required m ≥ 1, found 0/)
  })

  it.each([
    ['a label out of range', [1, 2, 3, 4], [0, 3]],
    ['an input that is not a number', [1, 2, Number.NaN, 4], [0, 1]],
    ['an input that overflows', [1, 2, 1e30, 4], [0, 1]],
  ])('%s: an error that names the example', async (__, x, labels) => {
    await expect(measured(x, labels, { ids: [40, 41] })).rejects.toThrow(
      /found a squared norm of \w+ in example 41, row 1/,
    )
  })
})
