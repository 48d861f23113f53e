import { keyOf } from '@coherent-gradients/core'
import { testEngines } from '@coherent-gradients/testkit'
import { openEngine } from '@coherent-gradients/engine'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildModel, type ModelSpec } from './index.ts'

const paper: ModelSpec = { kind: 'mlp', inputs: 784, hidden: [256, 256, 256], outputs: 10 }

async function open(name: string): Promise<void> {
  const engine = await openEngine(name)()
  if (engine._tag === 'Left') throw new Error(engine.left.message)
}

describe.each(testEngines)('buildModel on %s', (name) => {
  beforeAll(() => open(name))

  it('builds the network of the paper with the authors’ initialisation', async () => {
    const model = buildModel(paper, keyOf(1))
    expect(model.countParams()).toBe(784 * 256 + 256 + 2 * (256 * 256 + 256) + 256 * 10 + 10)
    expect(model.layers.map((layer) => layer.name)).toEqual(['dense_1', 'dense_2', 'dense_3', 'dense_4'])
    const [kernel, bias] = await Promise.all(model.getWeights().map((weight) => weight.data<'float32'>()))
    const variance = kernel!.reduce((sum: number, x) => sum + x * x, 0) / kernel!.length
    expect(variance).toBeAllClose(4 / (784 + 256), { rtol: 0.02 })
    expect(bias!.every((x) => x === 0)).toBe(true)
    model.dispose()
  })

  it('gives no probabilities but logits', async () => {
    const model = buildModel({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2, initialisation: 3 }, keyOf(1))
    const logits = tf.tidy(() => model.apply(tf.ones([1, 2])) as tf.Tensor)
    expect([...(await logits.data())]).toEqual([9, 9])
    logits.dispose()
    model.dispose()
  })

  it('computes y = (w ⊙ u)·x from 0.01', async () => {
    const model = buildModel({ kind: 'deep-linear', inputs: 6 }, keyOf(1))
    const y = tf.tidy(() => model.apply(tf.tensor2d([[1, 0, 0, 0, 0, 1]])) as tf.Tensor)
    expect((await y.data())[0]!).toBeAllClose(2e-4)
    y.dispose()
    model.dispose()
  })

  it('leaves no tensor behind', () => {
    buildModel(paper, keyOf(1)).dispose()
    const before = tf.memory().numTensors
    buildModel(paper, keyOf(2)).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('buildModel', () => {
  it('gives the same bits for the same key on every engine, others for another key', async () => {
    const bits = async (engine: string, seed: number): Promise<number[][]> => {
      await open(engine)
      const model = buildModel({ kind: 'mlp', inputs: 5, hidden: [4], outputs: 3 }, keyOf(seed))
      const weights = model.getWeights().map((weight) => [...weight.dataSync()])
      model.dispose()
      return weights
    }
    expect(await bits('wasm', 7)).toEqual(await bits('cpu', 7))
    expect(await bits('wasm', 7)).not.toEqual(await bits('wasm', 8))
  })

  it('starts the linear model of Example 1 at zero', () => {
    const model = buildModel({ kind: 'linear', inputs: 6, outputs: 1 }, keyOf(1))
    expect(model.getWeights().map((weight) => [weight.shape, [...weight.dataSync()]])).toEqual([
      [
        [6, 1],
        [0, 0, 0, 0, 0, 0],
      ],
    ])
    model.dispose()
  })

  it('puts dropout behind each hidden layer, off unless asked for, and leaves the weights as they are', async () => {
    const spec = { kind: 'mlp', inputs: 5, hidden: [4, 3], outputs: 2 } as const
    const [plain, dropped] = [buildModel(spec, keyOf(1)), buildModel({ ...spec, dropout: 0.5 }, keyOf(1))]
    const names = ['dense_1', 'dropout_1', 'dense_2', 'dropout_2', 'dense_3']
    expect(dropped.layers.map((layer) => layer.name)).toEqual(names)
    const logits = [plain, dropped].map((model) => tf.tidy(() => model.apply(tf.ones([3, 5])) as tf.Tensor))
    expect(await logits[1]!.data()).toEqual(await logits[0]!.data())
    tf.dispose(logits)
    plain.dispose()
    dropped.dispose()
  })

  it.each([-0.1, 1, Number.NaN])('refuses to drop the share %d', (bad) => {
    expect(() => buildModel({ kind: 'mlp', inputs: 4, hidden: [3], dropout: bad, outputs: 2 }, keyOf(1))).toThrow(
      `required a share dropout from 0 to below 1, found ${bad}`,
    )
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a width of %d and says which', (bad) => {
    expect(() => buildModel({ kind: 'mlp', inputs: 4, hidden: [3, bad], outputs: 2 }, keyOf(1))).toThrow(
      `required hidden[1] to be a whole number ≥ 1, found ${bad}`,
    )
  })

  it('refuses an initial value that is not finite', () => {
    expect(() => buildModel({ kind: 'linear', inputs: 1, outputs: 1, initialisation: Number.NaN }, keyOf(1))).toThrow(
      /finite initial value, found NaN/,
    )
  })
})
