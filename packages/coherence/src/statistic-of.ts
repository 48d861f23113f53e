import type { GradientStack } from '@coherent-gradients/gradients'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { BlockStatistic, GradientStatistic } from './gradient-statistic.ts'

/**
 * The statistic of a stack of m gradients: the one place where gradients are read back from the backend.
 *
 * Per weight it reads the [m] squared norms and the mean, both computed by the backend in float32, and goes on in
 * float64: Σ‖gᵢ‖² = Σᵢ squaredNorms[i], Σgᵢ = m·mean. All work is issued before the first read. The stack stays as it
 * was; every tensor made here is disposed of.
 *
 * Scale: rows are each example's own gradient, never divided by m. A stack of micro-batches gives the statistic of the
 * micro-batches' means: m is then their number. A gradient shorter than about 1e-19 has a squared norm that float32
 * rounds to zero.
 *
 * @throws RangeError (as a rejection) when a squared norm is not finite in float32: the first such row and the weight
 *   are named.
 * @see "On the Generalization Mystery in Deep Learning", footnote 17.
 *
 * @example
 * const stack = perExampleGradients(model, loss, batch)
 * const helped = mCoherence(await statisticOf(stack))
 * stack.dispose()
 */
export async function statisticOf(stack: GradientStack): Promise<GradientStatistic> {
  const made: Tensor[] = []
  try {
    for (const block of stack.blocks) made.push(block.squaredNorms(), block.mean())
    const read = await Promise.all(made.map((tensor) => tensor.data()))
    const squaredNorms = stack.blocks.map((_, index) => read[2 * index]!)
    const means = stack.blocks.map((_, index) => read[2 * index + 1]!)
    refuseNonFinite(stack, squaredNorms)
    const blocks = stack.blocks.map(({ name, layer }, index): BlockStatistic => {
      const sum = times(means[index]!, stack.rows)
      return { name, layer, sumOfSquaredNorms: sumOf(squaredNorms[index]!), sum }
    })
    return { count: stack.rows, blocks }
  } finally {
    for (const tensor of made) tensor.dispose()
  }
}

function refuseNonFinite(stack: GradientStack, squaredNorms: readonly ArrayLike<number>[]): void {
  for (let row = 0; row < stack.rows; row++) {
    for (const [index, norms] of squaredNorms.entries()) {
      if (Number.isFinite(norms[row])) continue
      throw new RangeError(
        `statisticOf: required finite gradients, found a squared norm of ${norms[row]} in row ${row} of ${stack.blocks[index]!.name}`,
      )
    }
  }
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}

function times(mean: ArrayLike<number>, m: number): Float64Array {
  const sum = new Float64Array(mean.length)
  for (let j = 0; j < sum.length; j++) sum[j] = m * mean[j]!
  return sum
}
