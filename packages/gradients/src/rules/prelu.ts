import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { formedBlock } from '../blocks/formed-block.ts'
import type { LayerRule } from './layer-rule.ts'
import { rowsAlongAxes } from './rows-along-axes.ts'

/** PReLU, z = x above 0 and α ⊙ x elsewhere, α shared along axes where it has size 1: row i is Σ δᵢ ⊙ min(xᵢ, 0) over these. */
export const prelu: LayerRule = {
  className: 'PReLU',
  activation: (_, preActivation) => preActivation,

  preActivation(layer, input) {
    const alpha = layer.weights[0]!
    const bent = tf.customGrad((...args: unknown[]) => {
      const [x, save] = args as [Tensor, tf.GradSaveFunc]
      save([x])
      const gradFunc = (dz: Tensor, saved: Tensor[]): Tensor =>
        tf.where(tf.greater(saved[0]!, 0), dz, tf.mul(dz, alpha.read()))
      return { value: tf.where(tf.greater(x, 0), x, tf.mul(x, alpha.read())), gradFunc }
    })
    return bent(input)
  },

  blocks({ weights: { alpha }, calls }) {
    const own = alpha!.shape.flatMap((size, a) => (size === 1 ? [] : [a + 1]))
    const rows = tf.tidy(() => {
      const perCall = calls.map(({ input, delta }) => rowsAlongAxes(tf.mul(delta, tf.minimum(input, 0)), own))
      return perCall.length === 1 ? perCall[0]! : tf.addN(perCall)
    })
    return { blocks: [formedBlock(alpha!, rows)], owned: [rows] }
  },
}
