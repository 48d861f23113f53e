import type { GradientStack } from '@coherent-gradients/gradients'

/**
 * Σᵢ ‖gᵢ‖² of every block in float64, from the [m] squared norms that were read.
 *
 * @throws RangeError that names the first row, and its weight, with a squared norm that is not finite.
 */
export function sumsOfSquaredNorms(
  caller: string,
  stack: GradientStack,
  squaredNorms: readonly ArrayLike<number>[],
): number[] {
  const sums = stack.blocks.map(() => 0)
  for (let row = 0; row < stack.rows; row++) {
    for (const [index, norms] of squaredNorms.entries()) {
      const norm = norms[row]!
      if (!Number.isFinite(norm)) {
        const where = `row ${row} of ${stack.blocks[index]!.name}`
        throw new RangeError(`${caller}: required finite gradients, found a squared norm of ${norm} in ${where}`)
      }
      sums[index]! += norm
    }
  }
  return sums
}
