import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { Loss } from '../loss.ts'
import { oneHotRows } from './one-hot-rows.ts'
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts'

/** How far labels are taken towards the uniform distribution. */
export interface SmoothedCrossEntropyOptions {
  /** ε in [0, 1): the share of a label that is spread over all classes. Default 0.1. */
  readonly smoothing?: number
}

/**
 * Cross-entropy of softmax against smoothed labels, one value per example: a wrong label can't pull without end.
 *
 *   ℓᵢ = −Σ_c ((1 − ε)·y_ic + ε/C) · log softmax(z_i)_c
 *
 * Index legend: i of m examples, c of C classes. `output` is [m, C] logits; `labels` is [m] int32 classes or [m, C]
 * targets. At ε = 0 it is {@link softmaxCrossEntropy}. Neither summed nor averaged over examples;
 * ∂ℓᵢ/∂zᵢ = softmax(zᵢ) − (1 − ε)·yᵢ − ε/C for targets that sum to 1. A class out of range has the loss NaN.
 *
 * @throws RangeError when ε is outside [0, 1), `output` is not [m, C] or the labels don't match it.
 * @see Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, §7.
 *
 * @example
 * perExampleGradients(model, smoothedCrossEntropy({ smoothing: 0.1 }), batch)
 */
export function smoothedCrossEntropy({ smoothing = 0.1 }: SmoothedCrossEntropyOptions = {}): Loss {
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(`smoothedCrossEntropy: required 0 ≤ smoothing < 1, found ${smoothing}`)
  }
  return {
    name: `smoothedCrossEntropy(${smoothing})`,
    takes: 'logits',
    perExample(output: Tensor, labels: Tensor): Tensor1D {
      if (output.rank !== 2) {
        throw new RangeError(`smoothedCrossEntropy: required logits [m, C], found [${output.shape}]`)
      }
      const classes = output.shape[1]!
      const rows = labels.rank === 1 && labels.dtype === 'int32' ? oneHotRows(labels, classes) : labels
      const smoothed = tf.add(tf.mul(tf.cast(rows, 'float32'), 1 - smoothing), smoothing / classes)
      return softmaxCrossEntropy.perExample(output, smoothed)
    },
  }
}
