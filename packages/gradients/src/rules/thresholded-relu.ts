import * as tf from '@tensorflow/tfjs-core'
import { gateRule } from './gate-rule.ts'
import type { LayerRule } from './layer-rule.ts'

/** ThresholdedReLU: x above θ, 0 elsewhere. */
export const thresholdedReLU: LayerRule = gateRule('ThresholdedReLU', (layer, x) => {
  const { theta } = layer as unknown as { readonly theta: number }
  return tf.greater(x, theta)
})
