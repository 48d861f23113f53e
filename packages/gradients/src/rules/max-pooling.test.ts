import { testEngines } from '@coherent-gradients/testkit'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { disagreements, onEngine, randomCase } from '../agreement.test-support.ts'

describe.each(testEngines)('max pooling on %s', (engine) => {
  onEngine(engine)

  it.each([
    { poolSize: 2, strides: 2, padding: 'valid' as const },
    { poolSize: 3, strides: 2, padding: 'same' as const },
    { poolSize: [3, 1] as [number, number], strides: 1, padding: 'same' as const },
  ])('finds the maxima of every sign and size, ties included: $poolSize by $strides, $padding', async (options) => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.conv2d({ name: 'c', filters: 3, kernelSize: 1, useBias: false, inputShape: [6, 5, 2] }),
        tfl.layers.maxPooling2d({ ...options, strides: [options.strides, options.strides] }),
      ],
    })
    const at = randomCase(model, 5, 61)
    const inputs = tf.tidy(() => {
      const scales = tf.tensor4d([1, 1e-6, 1e4, -1, 0], [5, 1, 1, 1])
      return tf.mul(at.batch.inputs, scales)
    })
    for (const sign of [1, -1]) {
      tf.tidy(() => model.setWeights([tf.mul(sign, tf.abs(model.getWeights()[0]!))]))
      for (const part of [[0], [1], [2], [3], [4], [0, 1, 2, 3, 4]]) {
        const pick = (tensor: tf.Tensor): tf.Tensor => tf.gather(tensor, part)
        const batch = { inputs: pick(tf.sub(tf.abs(inputs), sign > 0 ? 0 : 0.5)), labels: pick(at.batch.labels) }
        expect(await disagreements({ ...at, batch })).toEqual([])
      }
    }
  })
})
