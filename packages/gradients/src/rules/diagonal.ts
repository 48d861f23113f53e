import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { formedBlock } from '../blocks/formed-block.ts'
import type { LayerRule } from './layer-rule.ts'

/** Diagonal, z = u ⊙ x: row i is Σ over positions of xᵢ ⊙ δᵢ. The layer of the models package's deep linear model. */
export const diagonal: LayerRule = {
  className: 'Diagonal',
  preActivation(layer, input) {
    const scale = layer.trainableWeights[0]!
    const product = tf.customGrad((...args: unknown[]) => {
      const x = args[0] as Tensor
      return { value: tf.mul(x, scale.read()), gradFunc: (dz: Tensor) => tf.mul(dz, scale.read()) }
    })
    return product(input)
  },
  activation: (_, preActivation) => preActivation,
  blocks({ weights, calls }) {
    const rows = tf.tidy(() => {
      const perCall = calls.map(({ input, delta }) => {
        const m = input.shape[0]!
        const features = input.shape.at(-1)!
        return tf.sum(tf.reshape(tf.mul(input, delta), [m, input.size / (m * features), features]), 1)
      })
      return tf.addN(perCall as Tensor1D[]) as unknown as Tensor2D
    })
    return { blocks: [formedBlock(weights['scale']!, rows)], owned: [rows] }
  },
}
