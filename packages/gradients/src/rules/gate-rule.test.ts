import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { formed, onEngine, randomCase, read } from '../agreement.test-support.ts'
import { perExampleGradients } from '../index.ts'

const gates: Record<string, () => tfl.layers.Layer> = {
  Masking: () => tfl.layers.masking({ maskValue: 0 }),
  ThresholdedReLU: () => tfl.layers.thresholdedReLU({ theta: 0.3 }),
}

describe.each(testEngines)('on %s, where tfjs has no gradient', (engine) => {
  onEngine(engine)

  it.each(Object.keys(gates))('%s agrees with the fall of each loss', async (name) => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 3, activation: 'relu', inputShape: [4, 2] }),
        gates[name]!(),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 2 }),
      ],
    })
    const { loss, batch } = randomCase(model, 3, 40)
    const stack = perExampleGradients(model, loss, batch)
    const kernel = stack.blocks[0]!
    const rows = await formed(kernel)
    const step = 2 ** -9
    const losses = (weight: number[]): Promise<number[]> => {
      tf.tidy(() => kernel.variable.assign(tf.tensor(weight, [...kernel.shape])))
      return read(() => tf.tidy(() => loss.perExample(model.predict(batch.inputs) as tf.Tensor, batch.labels)))
    }
    const at = [...(await kernel.variable.data())]
    for (let j = 0; j < kernel.size; j++) {
      const nudged = (h: number): number[] => at.map((x, k) => (k === j ? x + h : x))
      const [up, down] = [await losses(nudged(step)), await losses(nudged(-step))]
      for (let i = 0; i < stack.rows; i++) {
        expect(Math.abs((up[i]! - down[i]!) / (2 * step) - rows[i * kernel.size + j]!)).toBeLessThan(5e-3)
      }
    }
    stack.dispose()
  })
})
