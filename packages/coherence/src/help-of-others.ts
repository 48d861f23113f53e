import type { ExampleProjections } from './example-projections.ts'

/**
 * How much a small step for all the others would help each example: its gradient's dot product with the sum of theirs.
 *
 *   helpᵢ = gᵢ · Σⱼ≠ᵢ gⱼ = gᵢ·Σⱼgⱼ − ‖gᵢ‖²
 *
 * Index legend: i, j of m examples. A step −η·Σⱼ≠ᵢ gⱼ lowers example i's loss by about η·helpᵢ; where it is negative, the
 * others pull against the example's label. Summed over all i it is m(m − 1) times {@link meanPairwiseDot}. A sum over the
 * others, not a mean; scale by m − 1 to compare across m. Costs O(m).
 *
 * @returns [m] numbers of either sign; 0 where an example is alone or its gradient is zero.
 * @throws RangeError when the two lists differ in length.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (1): the help from one example to another.
 *
 * @example
 * helpOfOthers(projectionsOfRows([[1, 0], [1, 1], [-1, 0]])) // [0, 0, -2]
 */
export function helpOfOthers({ squaredNorms, dots }: ExampleProjections): Float64Array {
  if (squaredNorms.length !== dots.length) {
    throw new RangeError(
      `helpOfOthers: required as many squared norms as dots, found ${squaredNorms.length} and ${dots.length}`,
    )
  }
  return Float64Array.from(dots, (dot, i) => dot - squaredNorms[i]!)
}
