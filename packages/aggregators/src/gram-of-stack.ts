import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientStack } from '@coherent-gradients/gradients'

/** [m, m] gᵢ·gⱼ over all weights. */
export function gramOfStack(stack: GradientStack): Tensor2D {
  return tf.tidy(() => tf.addN(stack.blocks.map((block) => block.gram())))
}

/** [m] the diagonal of an [m, m] matrix. */
export function diagonal(matrix: Tensor2D): Tensor1D {
  return tf.tidy(() => tf.sum(tf.mul(matrix, tf.eye(matrix.shape[0])), 1))
}

/** [m, m] ‖gᵢ − gⱼ‖² from the Gram matrix: never negative, and 0 on the diagonal. */
export function squaredDistances(gram: Tensor2D): Tensor2D {
  const m = gram.shape[0]
  return tf.tidy(() => {
    const norms = diagonal(gram)
    const sums = tf.add(tf.reshape(norms, [m, 1]), tf.reshape(norms, [1, m]))
    const distances = tf.relu(tf.sub(sums, tf.mul(gram, 2)))
    return tf.mul(distances, tf.sub(1, tf.eye(m)))
  })
}
