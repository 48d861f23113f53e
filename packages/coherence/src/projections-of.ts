import type { GradientStack } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D } from '@tensorflow/tfjs-core'

/**
 * Every example's squared gradient norm and its dot product with the sum of all gradients, over all weights together:
 * what {@link alphaStandardError} takes. ‖Σg‖² is the sum of `dots`.
 *
 * Computed by the backend in float32 and added up over the weights in float64; two lists of m are read per weight. Costs
 * about as much again as the mean gradient. The stack stays as it was; every tensor made here is disposed of.
 *
 * Scale: [m] ‖gᵢ‖² and [m] gᵢ·Σⱼgⱼ of each example's own gradient, nothing divided by m.
 *
 * @example
 * alphaStandardError(await projectionsOf(stack))
 */
export async function projectionsOf(
  stack: GradientStack,
): Promise<{ readonly squaredNorms: Float64Array; readonly dots: Float64Array }> {
  const made: Tensor1D[] = []
  try {
    for (const block of stack.blocks) made.push(block.squaredNorms(), dotsWithMean(block))
    const read = await Promise.all(made.map((tensor) => tensor.data()))
    const squaredNorms = new Float64Array(stack.rows)
    const dots = new Float64Array(stack.rows)
    for (let i = 0; i < stack.rows; i++) {
      for (let block = 0; block < stack.blocks.length; block++) {
        squaredNorms[i]! += read[2 * block]![i]!
        dots[i]! += stack.rows * read[2 * block + 1]![i]!
      }
    }
    return { squaredNorms, dots }
  } finally {
    tf.dispose(made)
  }
}

function dotsWithMean(block: GradientStack['blocks'][number]): Tensor1D {
  return tf.tidy(() => block.dot(block.mean()))
}
