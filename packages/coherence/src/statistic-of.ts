import type { GradientStack } from '@coherent-gradients/gradients'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BlockStatistic, GradientStatistic } from './gradient-statistic.ts'
import { sumsOfSquaredNorms, type RowIds } from './sums-of-squared-norms.ts'

/**
 * The statistic of a stack of m gradients: the one place where whole gradients are read back from the backend.
 *
 * Per weight it reads the [m] squared norms and the mean, both computed by the backend in float32, and goes on in
 * float64: Σ‖gᵢ‖² = Σᵢ squaredNorms[i], Σgᵢ = m·mean. All work is issued before the first read. The stack stays as it
 * was; every tensor made here is disposed of.
 *
 * Scale: rows are each example's own gradient, never divided by m. A stack of micro-batches gives the statistic of the
 * micro-batches' means: m is then their number. A gradient shorter than about 1e-19 has a squared norm that float32
 * rounds to zero. To measure one stack and merge nothing, {@link normsOf} is faster.
 *
 * @throws RangeError (as a rejection) when a squared norm is not finite in float32: the first such row, its example's id
 *   where `options.ids` are given, and the weight are named.
 * @see "On the Generalization Mystery in Deep Learning", footnote 17.
 *
 * @example
 * const stack = perExampleGradients(model, loss, batch)
 * const helped = mCoherence(await statisticOf(stack))
 * stack.dispose()
 */
export async function statisticOf(stack: GradientStack, options: RowIds = {}): Promise<GradientStatistic> {
  const made: Tensor[] = []
  try {
    for (const block of stack.blocks) made.push(block.squaredNorms(), block.mean())
    const read = await Promise.all(made.map((tensor) => tensor.data()))
    const squaredNorms = stack.blocks.map((_, index) => read[2 * index]!)
    const means = stack.blocks.map((_, index) => read[2 * index + 1]!)
    const sums = sumsOfSquaredNorms('statisticOf', stack, squaredNorms, options)
    const blocks = stack.blocks.map(({ name, layer }, index): BlockStatistic => {
      const sum = times(means[index]!, stack.rows)
      return { name, layer, sumOfSquaredNorms: sums[index]!, sum }
    })
    return { m: stack.rows, blocks }
  } finally {
    for (const tensor of made) tensor.dispose()
  }
}

function times(mean: ArrayLike<number>, m: number): Float64Array {
  const sum = new Float64Array(mean.length)
  for (let j = 0; j < sum.length; j++) sum[j] = m * mean[j]!
  return sum
}
