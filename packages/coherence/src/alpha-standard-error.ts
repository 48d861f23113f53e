import type { ExampleProjections } from './example-projections.ts'
import { jackknife } from './jackknife.ts'
import { withoutOne } from './without-one.ts'

/**
 * Standard error of α by the jackknife: how far α would move if other examples had been drawn.
 *
 *   se² = (m − 1)/m · Σᵢ (α₍ᵢ₎ − mean of α₍ⱼ₎)²,
 *   α₍ᵢ₎ = (‖Σg‖² − 2 gᵢ·Σg + ‖gᵢ‖²) / ((m − 1)(Σⱼ‖gⱼ‖² − ‖gᵢ‖²))
 *
 * Index legend: i, j of m examples; α₍ᵢ₎ is α without example i (0 where all the others are zero). Costs O(m).
 *
 * Assumes independent examples from one distribution, and gradients without a few that outweigh all others; then it
 * covers the sampling of examples only, not α's bias (see {@link alphaDebiased}) and not the run's own randomness. Where
 * every example looks alike to the others (all equal, or orthogonal and equally long), it is 0. Derived; not in the
 * paper.
 *
 * @returns the standard error of α; times m that of m·α; null at m = 1.
 * @throws RangeError when the lists are empty or differ in length.
 *
 * @example
 * alphaStandardError({ squaredNorms: [1, 1, 4], dots: [2, 2, 5] })
 */
export function alphaStandardError({ squaredNorms, dots }: ExampleProjections): number | null {
  const m = squaredNorms.length
  if (m < 1 || dots.length !== m) {
    throw new RangeError(`alphaStandardError: required m ≥ 1 norms and as many dots, found ${m} and ${dots.length}`)
  }
  if (m === 1) return null
  return jackknife(withoutOne({ squaredNorms, dots }))
}
