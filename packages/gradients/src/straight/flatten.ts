import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../rules/layer-rule.ts'
import type { StraightLayer } from './straight-layer.ts'

/** Flatten, channels last: another shape for the same numbers. */
export function straightFlatten(layer: Layer): StraightLayer | undefined {
  if ((layer as { dataFormat?: string }).dataFormat === 'channelsFirst') return undefined
  return {
    rectifies: false,
    forward: (x) => tf.reshape(x, [x.shape[0]!, -1]),
    back: (dz, x) => tf.reshape(dz, x.shape),
  }
}
