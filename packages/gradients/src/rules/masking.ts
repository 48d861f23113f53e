import * as tf from '@tensorflow/tfjs-core'
import { gateRule } from './gate-rule.ts'
import type { LayerRule } from './layer-rule.ts'

/** Masking: positions whose features all have the mask's value become 0. */
export const masking: LayerRule = gateRule('Masking', (layer, x) => {
  const { maskValue } = layer as unknown as { readonly maskValue: number }
  return tf.any(tf.notEqual(x, maskValue), -1, true)
})
