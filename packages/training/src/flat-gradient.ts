import { perExampleGradients, trainableWeights, type Loss, type TensorBatch } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** A batch's mean gradient as a function of all trainable weights in one row. */
export interface FlatGradient {
  /** [p] the weights as the model has them, in the order of `trainableWeights`, each flattened. */
  readonly weights: Float64Array
  /**
   * [p] (1/m) Σᵢ gᵢ at other weights; the model has its own again afterwards.
   *
   * @throws RangeError (as a rejection) when there aren't p weights.
   */
  at(weights: Float64Array): Promise<Float64Array>
}

/**
 * The mean gradient of a batch at any weights, as plain numbers: what finite differences of the gradient, and Hessian-vector
 * products by them, are made of.
 *
 * Index legend: m examples in the batch, p trainable weights. The pass runs in inference mode, in the engine's float32:
 * weights are rounded on their way in. The model and the batch stay the caller's. Don't train the model meanwhile.
 *
 * @throws RangeError as `perExampleGradients`, which also names layers that have no rule.
 *
 * @example
 * const gradient = await flatGradient(model, softmaxCrossEntropy, batch)
 * const product = finiteDifferenceProduct(gradient.at, gradient.weights, 1e-2)
 */
export async function flatGradient(model: LayersModel, loss: Loss, batch: TensorBatch): Promise<FlatGradient> {
  const weights = trainableWeights(model)
  const size = weights.reduce((sum, weight) => sum + weight.size, 0)
  const own = new Float64Array(size)
  let at = 0
  for (const weight of weights) {
    own.set(await weight.variable.data(), at)
    at += weight.size
  }
  const assign = (values: Float64Array): void => {
    let from = 0
    for (const { variable, shape, size: length } of weights) {
      const slice = Float32Array.from(values.subarray(from, from + length))
      tf.tidy(() => variable.assign(tf.tensor(slice, [...shape])))
      from += length
    }
  }
  return {
    weights: own,
    async at(values) {
      if (values.length !== size) {
        throw new RangeError(`flatGradient: required ${size} weights, found ${values.length}`)
      }
      const found = new Float64Array(size)
      try {
        assign(values)
        const stack = perExampleGradients(model, loss, batch)
        try {
          const byName = new Map(stack.blocks.map((block) => [block.name, block]))
          let from = 0
          for (const { name, size: length } of weights) {
            const mean = byName.get(name)!.mean()
            found.set(await mean.data(), from)
            mean.dispose()
            from += length
          }
        } finally {
          stack.dispose()
        }
      } finally {
        assign(own)
      }
      return found
    },
  }
}
