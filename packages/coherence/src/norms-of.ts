import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import { squaredNorms } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, TensorContainer } from '@tensorflow/tfjs-core'
import type { BlockNorms, GradientNorms } from './gradient-statistic.ts'
import { squaredNorm } from './squared-norm.ts'
import { sumsOfSquaredNorms, type RowIds } from './sums-of-squared-norms.ts'

/**
 * What coherence needs of one stack of m gradients, where it isn't to be merged with others: faster than
 * {@link statisticOf}, because Σg is never read back.
 *
 * Per weight it reads the [m] squared norms and the squared norms of the mean's rows (its last axis), both computed by
 * the backend in float32, and adds them up in float64. All work is issued before the first read. The stack stays as it
 * was; every tensor made here is disposed of.
 *
 * Scale: rows are each example's own gradient, never divided by m. Elements shorter than about 1e-19 have squares that
 * float32 rounds to zero.
 *
 * @throws RangeError (as a rejection) when a squared norm is not finite in float32: the first such row, its example's id
 *   where `options.ids` are given, and the weight are named.
 *
 * @example
 * const helped = mCoherence(await normsOf(stack))
 */
export async function normsOf(stack: GradientStack, options: RowIds = {}): Promise<GradientNorms> {
  const made: Tensor[] = []
  try {
    for (const block of stack.blocks) made.push(block.squaredNorms(), rowsOfMean(block))
    const read = await Promise.all(made.map((tensor) => tensor.data()))
    const sums = sumsOfSquaredNorms(
      'normsOf',
      stack,
      stack.blocks.map((_, index) => read[2 * index]!),
      options,
    )
    const blocks = stack.blocks.map(({ name, layer, shape }, index): BlockNorms => {
      const rows = read[2 * index + 1]!
      const squaredNormOfMean = shape.length > 1 ? sumOf(rows) : squaredNorm(Float64Array.from(rows))
      return { name, layer, sumOfSquaredNorms: sums[index]!, squaredNormOfSum: stack.rows ** 2 * squaredNormOfMean }
    })
    return { m: stack.rows, blocks }
  } finally {
    tf.dispose(made as TensorContainer)
  }
}

/** The squared norms of the mean's rows; of a vector, the mean itself. Short rows keep float32 sums exact enough. */
function rowsOfMean(block: GradientBlock): Tensor {
  const mean = block.mean()
  if (block.shape.length < 2) return mean
  try {
    return tf.tidy(() => squaredNorms(mean.rank === 2 ? mean : tf.reshape(mean, [-1, block.shape.at(-1)!])))
  } finally {
    mean.dispose()
  }
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
