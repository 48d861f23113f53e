import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { Loss } from '../loss.ts'

/**
 * Half the squared error, one value per example: ℓᵢ = ½‖yᵢ − f(xᵢ)‖², as in the paper's Example 1.
 *
 * `output` and `labels` are [m, …] of one shape; summed over an example's outputs, never over examples.
 *
 * @throws RangeError when the shapes differ.
 */
export const halfSquaredError: Loss = {
  name: 'halfSquaredError',
  perExample(output: Tensor, labels: Tensor): Tensor1D {
    if (output.shape.join() !== labels.shape.join()) {
      throw new RangeError(
        `halfSquaredError: required labels [${output.shape}] like the output, found [${labels.shape}]`,
      )
    }
    const m = output.shape[0]!
    const residual = tf.reshape(tf.sub(output, tf.cast(labels, 'float32')), [m, output.size / m])
    return tf.mul(tf.sum(tf.square(residual), 1), 0.5)
  },
}
