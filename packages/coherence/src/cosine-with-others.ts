import type { ExampleProjections } from './example-projections.ts'
import { helpOfOthers } from './help-of-others.ts'

/**
 * In which direction all the others pull against each example's own: {@link helpOfOthers} without the lengths.
 *
 *   cosᵢ = gᵢ·Σⱼ≠ᵢ gⱼ / (‖gᵢ‖ ‖Σⱼ≠ᵢ gⱼ‖),   ‖Σⱼ≠ᵢ gⱼ‖² = ‖Σⱼgⱼ‖² − 2 gᵢ·Σⱼgⱼ + ‖gᵢ‖²
 *
 * Index legend: i, j of m examples; ‖Σⱼgⱼ‖² is the sum of the `dots`. Scale-free, so that an example that is nearly fitted
 * speaks as loud as another. Costs O(m).
 *
 * @returns [m] numbers from −1 to 1; 0 where an example's gradient is zero or the others cancel.
 * @throws RangeError as {@link helpOfOthers}.
 *
 * @example
 * cosineWithOthers(projectionsOfRows([[1, 0], [2, 0], [-1, 0]])) // [1, 0, -1]
 */
export function cosineWithOthers(projections: ExampleProjections): Float64Array {
  const { squaredNorms, dots } = projections
  const help = helpOfOthers(projections)
  let whole = 0
  for (let i = 0; i < dots.length; i++) whole += dots[i]!
  return help.map((dot, i) => {
    const others = whole - 2 * dots[i]! + squaredNorms[i]!
    const lengths = others > 0 ? Math.sqrt(squaredNorms[i]! * others) : 0
    return lengths === 0 ? 0 : Math.max(-1, Math.min(1, dot / lengths))
  })
}
