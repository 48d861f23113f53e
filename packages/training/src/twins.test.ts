import { mean } from '@coherent-gradients/aggregators'
import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import '@coherent-gradients/testkit'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { flatGradient, tensorBatch, train, twins, type Replacement } from './index.ts'
import { open, toyBatches, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

const split = toySplit(13)
/** The first 12 are trained on, 4 a step: three steps meet each once. The last is nobody's. */
const batch = toyBatches({ ...split, ids: split.ids.subarray(0, 12) }, 4)
const learningRate = 0.2

async function replacementsOf(...rows: number[]): Promise<Replacement[]> {
  return Promise.all(rows.map(async (row) => ({ id: split.ids[row]!, by: await split.read([split.ids[12]!]) })))
}

describe.each(testEngines)('twins on %s', (engine) => {
  beforeAll(() => open(engine))
  const options = { loss: softmaxCrossEntropy, batch, learningRate }

  it('train what train trains, and leave nothing behind', async () => {
    const [model, alone] = [toyModel(), toyModel()]
    const before = tf.memory().numTensors
    for await (const _ of twins({ ...options, model, steps: 7, replacements: await replacementsOf(0, 5) }));
    expect(tf.memory().numTensors).toBe(before)
    for await (const _ of train({ ...options, model: alone, aggregator: mean(), examplesPerEpoch: 12, steps: 7 }));
    expect(await weightsOf(model)).toEqual(await weightsOf(alone))
    model.dispose()
    alone.dispose()
  })

  it('are the same bit by bit until the replaced example is met, and for ever where it never is', async () => {
    const model = toyModel()
    const nobodys = { ...(await replacementsOf(0))[0]!, id: 999 }
    const [first, last] = await replacementsOf(0, 11)
    const seen: number[][] = []
    const steps = twins({ ...options, model, steps: 5, replacements: [first!, last!, nobodys] })
    for await (const { step, distances, shares, differences, visit } of steps) {
      seen.push([...distances])
      expect([...shares]).toEqual([step % 3 === 1 ? 0.25 : 0, step % 3 === 0 ? 0.25 : 0, 0])
      expect(Number.isNaN(differences[0]!)).toBe(step % 3 !== 1)
      const own = await weightsOf(model)
      expect(await visit(2, () => weightsOf(model))).toEqual(own)
      expect(await weightsOf(model)).toEqual(own)
      const other = await visit(0, () => weightsOf(model))
      expect(Math.hypot(...other.map((x, j) => x - own[j]!))).toBeAllClose(distances[0]!, { rtol: 1e-9 })
      await expect(visit(3, async () => 0)).rejects.toThrow(/required a twin from 0 to 2, found 3/)
    }
    expect(seen.map(([a]) => a! > 0)).toEqual([true, true, true, true, true])
    expect(seen.map(([, b]) => b! > 0)).toEqual([false, false, true, true, true])
    expect(seen.map(([, , c]) => c)).toEqual([0, 0, 0, 0, 0])
    model.dispose()
  })

  it('are apart, after the step that meets it first, by η/b times the difference of the two gradients', async () => {
    const model = toyModel()
    const [replacement] = await replacementsOf(0)
    const gradients: Float64Array[] = []
    for (const example of [await split.read([split.ids[0]!]), replacement!.by]) {
      const one = tensorBatch(example)
      const { weights, at } = await flatGradient(model, softmaxCrossEntropy, one)
      gradients.push(await at(weights))
      tf.dispose([one.inputs, one.labels])
    }
    const difference = Math.hypot(...gradients[0]!.map((x, j) => x - gradients[1]![j]!))
    for await (const step of twins({ ...options, model, steps: 1, replacements: [replacement!] })) {
      expect(step.differences[0]!).toBeAllClose(difference, { rtol: 1e-4 })
      expect(step.distances[0]!).toBeAllClose((learningRate / 4) * difference, { rtol: 1e-3 })
    }
    model.dispose()
  })

  it('free their weights when the loop is left, and refuse options out of range', async () => {
    const model = toyModel()
    const before = tf.memory().numTensors
    for await (const _ of twins({ ...options, model, steps: 5, replacements: await replacementsOf(1) })) break
    expect(tf.memory().numTensors).toBe(before)
    const bad = (change: object): Promise<unknown> =>
      twins({ ...options, model, steps: 1, replacements: [], ...change }).next()
    await expect(bad({ steps: -1 })).rejects.toThrow(/steps to be a whole number ≥ 0, found -1/)
    await expect(bad({ learningRate: NaN })).rejects.toThrow(/learningRate ≥ 0, found NaN/)
    model.dispose()
  })
})
