import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'

/**
 * The stack whose row i is sᵢ times the given one's, without forming a row: factors are scaled where there are factors.
 *
 * Owns `scales` [m] and what it makes of them; the given stack stays its owner's, and is needed as long as this one.
 */
export function scaledStack(stack: GradientStack, scales: Tensor1D): GradientStack {
  const m = stack.rows
  const column = tf.reshape(scales, [m, 1]) as Tensor2D
  const owned: Tensor[] = [scales, column]
  const blocks = stack.blocks.map((block): GradientBlock => {
    const scaled: GradientBlock = {
      ...block,
      mean: () => tf.tidy(() => block.weightedSum(tf.div(scales, m))),
      weightedSum: (weights) => tf.tidy(() => block.weightedSum(tf.mul(weights, scales))),
      squaredNorms: () => tf.tidy(() => tf.mul(block.squaredNorms(), tf.square(scales))),
      dot: (direction) => tf.tidy(() => tf.mul(block.dot(direction), scales)),
      gram: () => tf.tidy(() => tf.mul(tf.mul(block.gram(), column), tf.reshape(scales, [1, m]))),
      columns: (from, to) => tf.tidy(() => tf.mul(block.columns(from, to), column)),
    }
    if (block.factors === undefined) return scaled
    const deltas: Tensor2D = tf.mul(block.factors.deltas, column)
    owned.push(deltas)
    return { ...scaled, factors: { activations: block.factors.activations, deltas } }
  })
  return { rows: m, blocks, losses: stack.losses, dispose: () => tf.dispose(owned) }
}
