import type { GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'

/**
 * The Gram matrix of a stack of m gradients over all its weights: what the pairwise metrics take.
 *
 * Each weight's [m, m] dot products are computed by the backend in float32 and added up in float64. The products of near
 * orthogonal gradients are small sums of large terms: their error is about 1e-6 of ‖gᵢ‖·‖gⱼ‖, not of gᵢ·gⱼ. All work is
 * issued before the first read. The stack stays as it was; every tensor made here is disposed of.
 *
 * Scale: of each example's own gradient, nothing divided by m. Costs O(m²) memory a weight.
 *
 * @returns gᵢ·gⱼ at `data[i * m + j]`.
 *
 * @example
 * meanPairwiseCosine(await gramOf(stack))
 */
export async function gramOf(stack: GradientStack): Promise<{ readonly m: number; readonly data: Float64Array }> {
  const made: tf.Tensor[] = []
  try {
    for (const block of stack.blocks) made.push(block.gram())
    const data = new Float64Array(stack.rows ** 2)
    for (const values of await Promise.all(made.map((tensor) => tensor.data()))) {
      for (let at = 0; at < data.length; at++) data[at]! += values[at]!
    }
    return { m: stack.rows, data }
  } finally {
    tf.dispose(made)
  }
}
