import { perExampleGradients, type Loss, type TensorBatch } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/**
 * How long each example's gradient is, over all trainable weights.
 *
 *   ‖gᵢ‖ = √Σ_w ‖gᵢ^w‖²
 *
 * Index legend: i of m examples. Squares in float32 by weight, sums in float64. The largest of them, along a trajectory,
 * is an estimate from below of Theorem 1's L.
 *
 * @throws RangeError as `perExampleGradients`.
 *
 * @example
 * const lipschitz = Math.max(...(await gradientNorms(model, softmaxCrossEntropy, batch)))
 */
export async function gradientNorms(model: LayersModel, loss: Loss, batch: TensorBatch): Promise<Float64Array> {
  const stack = perExampleGradients(model, loss, batch)
  try {
    const squares = new Float64Array(stack.rows)
    for (const block of stack.blocks) {
      const norms = block.squaredNorms()
      for (const [i, square] of (await norms.data()).entries()) squares[i]! += square
      tf.dispose(norms)
    }
    return squares.map(Math.sqrt)
  } finally {
    stack.dispose()
  }
}
