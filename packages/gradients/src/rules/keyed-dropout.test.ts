import { derive, keyOf } from '@coherent-gradients/core'
import { testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { formed, onCpu, onEngine, randomCase, read, type Case } from '../agreement.test-support.ts'
import { exampleByExample } from '../example-by-example.test-support.ts'
import { microBatchGradients, perExampleGradients, type DropoutMasks, type GradientStack } from '../index.ts'
import { keyedDropout } from './keyed-dropout.ts'

const rate = 0.4
const { dense, dropout, gru, reshape } = tfl.layers

/** Dropout in two places, one of them between layers without a rule where `recurrent`. */
function network(recurrent: boolean): tfl.LayersModel {
  const middle = recurrent
    ? [reshape({ targetShape: [3, 2] }), gru({ units: 4, kernelInitializer: 'zeros', recurrentInitializer: 'zeros' })]
    : [dense({ units: 4, activation: 'relu' })]
  return tfl.sequential({
    layers: [
      dense({ units: 6, activation: 'relu', inputShape: [3] }),
      dropout({ rate }),
      ...middle,
      dropout({ rate }),
      dense({ units: 2 }),
    ],
  })
}

/** The masks of some ids as the rule makes them for any layer of so many units, in the order of the places. */
function masksOf(masks: DropoutMasks, units: readonly number[]): Promise<number[][]> {
  const rule = keyedDropout(masks)
  const layer = dropout({ rate })
  return Promise.all(
    units.map((each) => read(() => tf.tidy(() => rule.preActivation(layer, tf.ones([masks.ids.length, each]))))),
  )
}

/** Each example alone, through a model whose dropout layers multiply by its mask: by weight name, in the order of layers. */
async function oneByOne(at: Case, masks: DropoutMasks): Promise<number[][][]> {
  const rows: number[][][] = []
  const layers = at.model.layers.filter((layer) => layer.getClassName() === 'Dropout')
  for (const [i, id] of Array.from(masks.ids).entries()) {
    const units = layers.map((layer) => layer.outputShape.at(-1) as number)
    const own = await masksOf({ key: masks.key, ids: [id] }, units)
    layers.forEach((layer, place) => {
      layer.call = (x) => tf.mul(Array.isArray(x) ? x[0]! : x, tf.tensor2d(own[place]!, [1, units[place]!]))
    })
    const one = tf.tidy(() => ({
      inputs: tf.gather(at.batch.inputs, [i]),
      labels: tf.gather(at.batch.labels, [i]),
    }))
    const alone = Object.values(await onCpu(() => exampleByExample(at.model, at.loss, one), [one.inputs, one.labels]))
    tf.dispose([one.inputs, one.labels])
    for (const layer of layers) delete (layer as Partial<tfl.layers.Layer>).call
    rows.push(alone.map((weight) => weight[0]!))
  }
  return rows
}

async function rowsOf(stack: GradientStack): Promise<number[][][]> {
  const blocks = await Promise.all(stack.blocks.map(async (block) => ({ size: block.size, all: await formed(block) })))
  stack.dispose()
  return Array.from({ length: stack.rows }, (_, i) =>
    blocks.map(({ size, all }) => all.slice(i * size, (i + 1) * size)),
  )
}

describe.each(testEngines)('dropout by keyed masks on %s', (engine) => {
  onEngine(engine)
  const ids = [7, 0, 2 ** 31, 12]
  const masks: DropoutMasks = { key: derive(keyOf('dropout'), 3), ids }

  it.each([false, true])(
    'gives each example’s gradient in the network its own mask leaves (recurrent: %s)',
    async (recurrent) => {
      const at = randomCase(network(recurrent), ids.length, 5)
      const wanted = await oneByOne(at, masks)
      const before = tf.memory().numTensors
      const how = { fallback: 'example-by-example', dropout: masks } as const
      const found = await rowsOf(perExampleGradients(at.model, at.loss, at.batch, how))
      const groups = await rowsOf(microBatchGradients(at.model, at.loss, at.batch, 2, { dropout: masks }))
      expect(tf.memory().numTensors).toBe(before)
      expect(found.flat(2)).toBeAllClose(wanted.flat(2), { rtol: 1e-3, atol: 1e-5 })
      const means = [0, 2].map((i) => wanted[i]!.map((row, w) => row.map((x, j) => (x + wanted[i + 1]![w]![j]!) / 2)))
      expect(groups.flat(2)).toBeAllClose(means.flat(2), { rtol: 1e-3, atol: 1e-5 })
    },
  )
})

describe('keyedDropout', () => {
  onEngine('cpu')
  const key = keyOf('masks')

  test.prop([fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 })])(
    'gives an example the same mask in any company and order',
    async (ids, units) => {
      const [together] = await masksOf({ key, ids }, [units])
      for (const [i, id] of ids.entries()) {
        const [alone] = await masksOf({ key, ids: [id] }, [units])
        expect(together!.slice(i * units, (i + 1) * units)).toEqual(alone)
      }
    },
  )

  it('drops its share, scales up what is left, and differs by key, example and place', async () => {
    const [first, second] = await masksOf({ key, ids: [1, 2] }, [10_000, 10_000])
    const [other] = await masksOf({ key: derive(key, 1), ids: [1] }, [10_000])
    const kept = Math.fround(1 / (1 - rate))
    expect(new Set(first)).toEqual(new Set([0, kept]))
    const masks = [first!.slice(0, 10_000), first!.slice(10_000), second!.slice(0, 10_000), other!]
    for (const mask of masks) {
      // Five standard deviations.
      expect(Math.abs(mask.filter((x) => x === 0).length - 4000)).toBeLessThan(5 * Math.sqrt(2400))
    }
    expect(new Set(masks.map((mask) => mask.join())).size).toBe(4)
  })

  it('passes everything on at rate 0, and nothing at rate 1', async () => {
    for (const [at, value] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const rule = keyedDropout({ key, ids: [1] })
      const out = await read(() => tf.tidy(() => rule.preActivation(dropout({ rate: at }), tf.ones([1, 3]))))
      expect(out).toEqual([value, value, value])
    }
  })

  it('refuses ids that do not fit the batch, and masks that examples share', () => {
    const at = randomCase(network(false), 4, 5)
    const before = tf.memory().numTensors
    const few = { key, ids: [1, 2, 3] }
    const required = /required an id for each of 4 examples, found 3/
    expect(() => perExampleGradients(at.model, at.loss, at.batch, { dropout: few })).toThrow(required)
    expect(() => microBatchGradients(at.model, at.loss, at.batch, 2, { dropout: few })).toThrow(required)
    const shared = dropout({ rate, noiseShape: [1, 3], name: 'shared' })
    expect(() => tf.tidy(() => keyedDropout({ key, ids: [1] }).preActivation(shared, tf.ones([1, 3])))).toThrow(
      /found the noiseShape \[1,3\] of shared/,
    )
    expect(tf.memory().numTensors).toBe(before)
  })
})
