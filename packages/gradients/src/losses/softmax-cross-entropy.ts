import { runTrainingKernel } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Loss, LossWithGradient } from '../loss.ts'
import { oneHotRows } from './one-hot-rows.ts'

type Differentiable = Parameters<typeof tf.customGrad>[0]

/**
 * Cross-entropy of softmax over a model's logits, one value per example.
 *
 *   ℓᵢ = −Σ_c y_ic · log softmax(z_i)_c
 *
 * Index legend: i of m examples, c of C classes. `output` is [m, C] logits; `labels` is [m] int32 classes or [m, C]
 * one-hot (or soft) targets. A class outside 0 … C − 1 has the loss and the gradient NaN, which whoever reads them
 * reports: nothing here can read a tensor. Neither summed nor averaged over examples; ∂ℓᵢ/∂zᵢ = softmax(zᵢ)·Σ_c y_ic − yᵢ.
 *
 * @throws RangeError when `output` is not [m, C] or the labels don't match it.
 */
export const softmaxCrossEntropy: Loss = {
  name: 'softmaxCrossEntropy',
  takes: 'logits',
  perExample,
  direct: { perExample, withGradient },
}

function perExample(output: Tensor, labels: Tensor): Tensor1D {
  const { classes, integer } = requireMatch(output, labels)
  const targets = (): Tensor2D => (integer ? oneHotRows(labels, classes) : (tf.cast(labels, 'float32') as Tensor2D))
  const composed = (logits: Tensor2D, save: tf.GradSaveFunc): ReturnType<Differentiable> => {
    const y = targets()
    const logProbabilities = tf.logSoftmax(logits) as Tensor2D
    save([logProbabilities, y])
    const value = tf.neg(tf.sum(tf.mul(y, logProbabilities), 1)) as Tensor1D
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [logP, target] = saved as [Tensor2D, Tensor2D]
      const mass = tf.sum(target, 1, true)
      return tf.mul(tf.sub(tf.mul(tf.exp(logP), mass), target), tf.expandDims(dy, 1))
    }
    return { value, gradFunc }
  }
  const differentiable = tf.customGrad((...args: unknown[]) => {
    const [logits, save] = args as [Tensor2D, tf.GradSaveFunc]
    const y = asFloats(labels, integer)
    const value = runTrainingKernel('softmaxCrossEntropy', { logits, labels: y })
    if (value === undefined) return composed(logits, save)
    save([logits, y])
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
      runTrainingKernel('softmaxCrossEntropyGradient', { logits: saved[0]!, labels: saved[1]!, dy })!
    return { value, gradFunc }
  })
  return differentiable(output) as Tensor1D
}

function withGradient(output: Tensor, labels: Tensor): LossWithGradient | undefined {
  const { integer } = requireMatch(output, labels)
  const inputs = { logits: output, labels: asFloats(labels, integer) }
  const both = runTrainingKernel('softmaxCrossEntropyWithGradient', inputs)
  return both && { losses: both[0] as Tensor1D, gradient: both[1]! }
}

/** Targets as float32; classes as they are. */
function asFloats(labels: Tensor, integer: boolean): Tensor {
  return integer || labels.dtype === 'float32' ? labels : tf.cast(labels, 'float32')
}

function requireMatch(output: Tensor, labels: Tensor): { readonly classes: number; readonly integer: boolean } {
  if (output.rank !== 2) throw new RangeError(`softmaxCrossEntropy: required logits [m, C], found [${output.shape}]`)
  const [m, classes] = output.shape as [number, number]
  const integer = labels.rank === 1 && labels.dtype === 'int32'
  if (labels.shape[0] !== m || !(integer || (labels.rank === 2 && labels.shape[1] === classes))) {
    throw new RangeError(
      `softmaxCrossEntropy: required labels [${m}] int32 or [${m}, ${classes}], found [${labels.shape}] ${labels.dtype}`,
    )
  }
  return { classes, integer }
}
