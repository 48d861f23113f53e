import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'

/**
 * A layer without weights that lets some of its inputs through and makes the others 0, z = x ⊙ gate(x), where tfjs has no
 * gradient of the comparison that makes the gate. The gate is constant but where it jumps.
 */
export function gateRule(className: string, gate: (layer: Layer, x: Tensor) => Tensor): LayerRule {
  return {
    className,
    activation: (_, preActivation) => preActivation,
    preActivation(layer, input) {
      const gated = tf.customGrad((...args: unknown[]) => {
        const [x, save] = args as [Tensor, tf.GradSaveFunc]
        const open = tf.cast(gate(layer, x), 'float32')
        save([open])
        return { value: tf.mul(x, open), gradFunc: (dz: Tensor, saved: Tensor[]) => tf.mul(dz, saved[0]!) }
      })
      return gated(input)
    },
    blocks: () => ({ blocks: [], owned: [] }),
  }
}
