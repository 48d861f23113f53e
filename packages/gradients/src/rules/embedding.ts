import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { lookupBlock } from '../blocks/lookup-block.ts'
import type { Layer, LayerRule } from './layer-rule.ts'

/**
 * Embedding, zₜ = E[idₜ]: row i has δᵢₜ added up at the entries that example i looks up, and zeros elsewhere; nothing of the
 * table's size is made for an example unless a block's `columns` asks for it. A mask (`maskZero`) goes to the layers after
 * it, as without a tap.
 */
export const embedding: LayerRule = {
  className: 'Embedding',
  activation: (_, preActivation) => preActivation,

  preActivation(layer, input) {
    const table = tableOf(layer)
    const read = tf.gather(table, tf.reshape(tf.cast(input, 'int32'), [input.size]))
    return tf.reshape(read, [...input.shape, table.shape[1]])
  },

  blocks({ weights: { embeddings }, calls, sliceBytes }) {
    const m = calls[0]!.input.shape[0]!
    const p = embeddings!.shape[1]!
    const ids = tf.tidy(() => {
      const each = calls.map(({ input }) => tf.reshape(tf.cast(input, 'int32'), [m, input.size / m]))
      return tf.concat(each as Tensor2D[], 1)
    })
    const deltas = tf.tidy(() => {
      const each = calls.map(({ delta }) => tf.reshape(delta, [m, delta.size / (m * p), p]))
      return tf.concat(each as Tensor3D[], 1)
    })
    const owned: readonly Tensor[] = [ids, deltas]
    return { blocks: [lookupBlock(embeddings!, ids, deltas, sliceBytes)], owned }
  },
}

function tableOf(layer: Layer): Tensor2D {
  return layer.weights[0]!.read() as Tensor2D
}
