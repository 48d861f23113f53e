import type { GradientStack } from '@coherent-gradients/gradients'

/** What a stack's rows are called. */
export interface RowIds {
  /** [m] the example that each row belongs to, so that an error can name it. */
  readonly ids?: ArrayLike<number>
}

/**
 * Σᵢ ‖gᵢ‖² of every block in float64, from the [m] squared norms that were read.
 *
 * @throws RangeError that names the first row, its example where `ids` are given, and its weight, with a squared norm that is not
 *   finite.
 */
export function sumsOfSquaredNorms(
  caller: string,
  stack: GradientStack,
  squaredNorms: readonly ArrayLike<number>[],
  { ids }: RowIds = {},
): number[] {
  const sums = stack.blocks.map(() => 0)
  for (let row = 0; row < stack.rows; row++) {
    for (const [index, norms] of squaredNorms.entries()) {
      const norm = norms[row]!
      if (!Number.isFinite(norm)) {
        const example = ids === undefined ? '' : `example ${ids[row]}, `
        const where = `${example}row ${row} of ${stack.blocks[index]!.name}`
        throw new RangeError(`${caller}: required finite gradients, found a squared norm of ${norm} in ${where}`)
      }
      sums[index]! += norm
    }
  }
  return sums
}
