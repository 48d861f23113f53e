import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Loss } from '../loss.ts'
import { oneHotRows } from './one-hot-rows.ts'

/**
 * Cross-entropy of a sigmoid over each of a model's logits, one value per example.
 *
 *   ℓᵢ = Σ_c [ log(1 + exp z_ic) − y_ic · z_ic ]
 *
 * Index legend: i of m examples, c of C outputs. `output` is [m, C] logits; `labels` is [m, C] targets in [0, 1], or [m]
 * int32: 0 or 1 where C = 1, else classes, each output against all the others. Another number than these has the loss and
 * the gradient NaN, which whoever reads them reports: nothing here can read a tensor. Summed over an example's outputs, neither
 * summed nor averaged over examples; ∂ℓᵢ/∂z_ic = σ(z_ic) − y_ic.
 *
 * @throws RangeError when `output` is not [m, C] or the labels don't match it.
 */
export const sigmoidCrossEntropy: Loss = {
  name: 'sigmoidCrossEntropy',
  takes: 'logits',
  perExample(output: Tensor, labels: Tensor): Tensor1D {
    if (output.rank !== 2) throw new RangeError(`sigmoidCrossEntropy: required logits [m, C], found [${output.shape}]`)
    const [m, outputs] = output.shape as [number, number]
    const integer = labels.rank === 1 && labels.dtype === 'int32'
    if (labels.shape[0] !== m || !(integer || (labels.rank === 2 && labels.shape[1] === outputs))) {
      throw new RangeError(
        `sigmoidCrossEntropy: required labels [${m}] int32 or [${m}, ${outputs}], found [${labels.shape}] ${labels.dtype}`,
      )
    }
    const targets = (): Tensor2D => {
      if (!integer) return tf.cast(labels, 'float32') as Tensor2D
      // Of one output the label 1 is the 1; so it is the second column of two classes.
      return outputs === 1 ? tf.slice(oneHotRows(labels, 2), [0, 1], [m, 1]) : oneHotRows(labels, outputs)
    }
    const withGradient = tf.customGrad((...args: unknown[]) => {
      const [logits, save] = args as [Tensor2D, tf.GradSaveFunc]
      const y = targets()
      save([logits, y])
      const softplus = tf.add(tf.relu(logits), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(logits))))))
      const value = tf.sum(tf.sub(softplus, tf.mul(y, logits)), 1) as Tensor1D
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
        const [z, target] = saved as [Tensor2D, Tensor2D]
        return tf.mul(tf.sub(tf.sigmoid(z), target), tf.expandDims(dy, 1))
      }
      return { value, gradFunc }
    })
    return withGradient(output) as Tensor1D
  },
}
