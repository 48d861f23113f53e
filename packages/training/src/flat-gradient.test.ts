import { softmaxCrossEntropy } from '@coherent-gradients/gradients'
import '@coherent-gradients/testkit'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { flatGradient, gradientNorms, tensorBatch } from './index.ts'
import { open, toyModel, toySplit, weightsOf } from './toy.test-support.ts'

describe.each(testEngines)('on %s', (engine) => {
  beforeAll(() => open(engine))

  const batchOf = async (examples: number): Promise<ReturnType<typeof tensorBatch>> => {
    const split = toySplit(examples)
    return tensorBatch(await split.read(split.ids))
  }

  it('flatGradient is the slope of the mean loss, and leaves the model as it was', async () => {
    const model = toyModel()
    const batch = await batchOf(12)
    const before = tf.memory().numTensors
    const own = await weightsOf(model)
    const { weights, at } = await flatGradient(model, softmaxCrossEntropy, batch)
    expect(Float64Array.from(own)).toEqual(weights)
    const gradient = await at(weights)
    expect(await weightsOf(model)).toEqual(own)
    expect(tf.memory().numTensors).toBe(before)

    const mean = (): number =>
      tf.tidy(
        () =>
          tf
            .mean(softmaxCrossEntropy.perExample(model.predict(batch.inputs) as tf.Tensor, batch.labels))
            .dataSync()[0]!,
      )
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable)
    let from = 0
    for (const variable of variables) {
      const values = await variable.data()
      // One element of each weight, moved both ways.
      const middle = Math.floor(variable.size / 2)
      const moved = (by: number): number => {
        const changed = Float32Array.from(values)
        changed[middle]! += by
        tf.tidy(() => variable.assign(tf.tensor(changed, variable.shape)))
        const loss = mean()
        tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)))
        return loss
      }
      expect(gradient[from + middle]!).toBeAllClose((moved(1e-2) - moved(-1e-2)) / 2e-2, { rtol: 0.05, atol: 1e-3 })
      from += variable.size
    }
    await expect(at(new Float64Array(3))).rejects.toThrow(/required \d+ weights, found 3/)
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
  })

  it('gradientNorms are those of one example at a time', async () => {
    const model = toyModel()
    const batch = await batchOf(5)
    const before = tf.memory().numTensors
    const norms = await gradientNorms(model, softmaxCrossEntropy, batch)
    expect(tf.memory().numTensors).toBe(before)
    for (const [i, norm] of norms.entries()) {
      const one = { inputs: tf.slice(batch.inputs, [i, 0], [1, -1]), labels: tf.slice(batch.labels, [i], [1]) }
      const { weights, at } = await flatGradient(model, softmaxCrossEntropy, one)
      expect(norm).toBeAllClose(Math.hypot(...(await at(weights))), { rtol: 1e-4, atol: 1e-6 })
      tf.dispose([one.inputs, one.labels])
    }
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
  })
})
