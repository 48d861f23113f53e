import { openEngine } from '@coherent-gradients/engine'
import { microBatchGradients, softmaxCrossEntropy, type GradientStack } from '@coherent-gradients/gradients'
import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, test } from 'vitest'
import { medianOfMeans } from './index.ts'

/** Six weights of equal size, so that none is nearly all of the model, and a few examples, which weigh little beside them. */
function tower(): tfl.LayersModel {
  const dense = (inputShape?: number[]): tfl.layers.Layer =>
    tfl.layers.dense({
      units: 64,
      useBias: false,
      kernelInitializer: tfl.initializers.glorotNormal({ seed: 1 }),
      ...(inputShape ? { inputShape } : {}),
    })
  return tfl.sequential({ layers: [dense([64]), dense(), dense(), dense(), dense(), dense()] })
}

describe.each(testEngines)('M3 on %s', (engine) => {
  beforeAll(async () => {
    const opened = await openEngine(engine)()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
  })

  test('keeps three gradients, and never has as many again beside them', async () => {
    const model = tower()
    const batch = {
      inputs: tf.randomNormal([6, 64], 0, 1, 'float32', 1),
      labels: tf.tensor1d([0, 1, 2, 3, 4, 5], 'int32'),
    }
    const rule = medianOfMeans({ groups: 3 })
    const gradient = 4 * model.countParams()
    const before = tf.memory()
    /** The most that was there at once while something ran, in gradients. */
    const peakOf = async (run: () => void): Promise<number> => {
      const from = tf.memory().numBytes
      const { peakBytes } = await tf.profile(() => {
        run()
        return tf.scalar(0)
      })
      return (peakBytes - from) / gradient
    }
    let stack: GradientStack | undefined
    const making = await peakOf(() => (stack = microBatchGradients(model, softmaxCrossEntropy, batch, 3)))
    const kept = tf.memory().numBytes - before.numBytes
    // Three gradients and three losses.
    expect(kept).toBe(3 * gradient + 3 * 4 + 4)
    // While rows are put together, one weight's are there twice; activations are small.
    expect(making).toBeLessThan(4)
    const taking = await peakOf(() => tf.dispose([rule.aggregate(stack!, {}).gradient]))
    // The result, and what one weight takes on the way; tfjs counts views of rows as if they were copies.
    expect(taking).toBeLessThan(3)
    stack!.dispose()
    tf.dispose([batch.inputs, batch.labels])
    model.dispose()
  })
})
