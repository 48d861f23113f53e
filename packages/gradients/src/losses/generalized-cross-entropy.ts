import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Loss } from '../loss.ts'
import { oneHotRows } from './one-hot-rows.ts'

/** Where the loss lies between cross-entropy and the mean absolute error. */
export interface GeneralizedCrossEntropyOptions {
  /** q in (0, 1]: towards 0 it is cross-entropy, at 1 the absolute error. Default 0.7. */
  readonly q?: number
}

/**
 * Generalized cross-entropy, one value per example: an example that the network is sure to be wrong about pulls little.
 *
 *   ℓᵢ = (1 − p_i^q)/q,  p_i = softmax(z_i) at the label
 *
 * Index legend: i of m examples, c of C classes. `output` is [m, C] logits; `labels` is [m] int32 classes. Its gradient is
 * that of cross-entropy times p_i^q: ∂ℓᵢ/∂zᵢ = p_i^q · (softmax(zᵢ) − yᵢ). At most 1/q. Neither summed nor averaged over
 * examples. A class out of range has the loss and the gradient NaN.
 *
 * @throws RangeError when q is outside (0, 1], `output` is not [m, C] or the labels aren't [m] int32.
 * @see Zhang and Sabuncu, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels", 2018, (6).
 *
 * @example
 * perExampleGradients(model, generalizedCrossEntropy({ q: 0.7 }), batch)
 */
export function generalizedCrossEntropy({ q = 0.7 }: GeneralizedCrossEntropyOptions = {}): Loss {
  if (!(q > 0 && q <= 1)) throw new RangeError(`generalizedCrossEntropy: required 0 < q ≤ 1, found ${q}`)
  return {
    name: `generalizedCrossEntropy(${q})`,
    takes: 'logits',
    perExample(output: Tensor, labels: Tensor): Tensor1D {
      if (output.rank !== 2) {
        throw new RangeError(`generalizedCrossEntropy: required logits [m, C], found [${output.shape}]`)
      }
      const [m, classes] = output.shape as [number, number]
      if (labels.rank !== 1 || labels.dtype !== 'int32' || labels.shape[0] !== m) {
        throw new RangeError(
          `generalizedCrossEntropy: required labels [${m}] int32, found [${labels.shape}] ${labels.dtype}`,
        )
      }
      const withGradient = tf.customGrad((...args: unknown[]) => {
        const [logits, save] = args as [Tensor2D, tf.GradSaveFunc]
        const y = oneHotRows(labels, classes)
        const logProbabilities = tf.logSoftmax(logits)
        // A row of NaN is added by itself: WebGPU's exp needn't keep it.
        const missing = tf.mul(tf.sum(y, 1), 0)
        const power = tf.add(tf.exp(tf.mul(q, tf.sum(tf.mul(y, logProbabilities), 1))), missing)
        save([y, logProbabilities, power])
        const value = tf.div(tf.sub(1, power), q) as Tensor1D
        const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
          const [target, logP, weight] = saved as [Tensor2D, Tensor2D, Tensor1D]
          return tf.mul(tf.sub(tf.exp(logP), target), tf.expandDims(tf.mul(weight, dy), 1))
        }
        return { value, gradFunc }
      })
      return withGradient(output) as Tensor1D
    },
  }
}
