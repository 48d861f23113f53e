import { scaledDifferences } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core'

/**
 * One step down a gradient, in place, for each weight by name:
 *
 *   w ← w(1 − ηλ) − η · g
 *
 * λ is the weight decay, of kernels and biases alike; 0 unless said.
 *
 * @throws TypeError when there is no gradient for a weight; no weight has been changed then.
 */
export function descend(
  variables: ReadonlyMap<string, Variable>,
  gradient: NamedTensorMap,
  learningRate: number,
  weightDecay: number = 0,
): void {
  const missing = [...variables.keys()].filter((name) => !gradient[name])
  if (missing.length > 0) {
    throw new TypeError(`train: required a gradient for every weight, found none for ${missing.join(', ')}`)
  }
  const weights = [...variables.values()]
  const gradients = [...variables.keys()].map((name) => gradient[name]!)
  tf.tidy(() => {
    const decayed =
      weightDecay === 0 ? weights : weights.map((weight) => tf.mul(weight, 1 - learningRate * weightDecay))
    for (const [i, next] of scaledDifferences(decayed, gradients, learningRate).entries()) weights[i]!.assign(next)
  })
}
