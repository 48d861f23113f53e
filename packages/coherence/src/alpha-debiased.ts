import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total, type Total } from './total.ts'
import { alphaOfTotal } from './alpha.ts'

/**
 * An estimate of the distribution's α from a sample of m, without the example's help to itself: the mean dot product of
 * two different examples over the mean squared norm.
 *
 *   (m·α − 1) / (m − 1) = mean over i ≠ j of gᵢ·gⱼ / mean of ‖gᵢ‖²
 *
 * α itself overestimates (a sample of one has α = 1). This is 0 for pairwise orthogonal gradients and 1 for equal ones
 * whatever m is, so values of different m compare; it is a ratio of two unbiased estimates, not unbiased itself.
 * Derived; the paper notes the bias but gives no correction.
 *
 * @returns a number in [−1/(m − 1), 1]; null at m = 1, which has no pair; 0 when every gradient is zero.
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, footnote 12.
 *
 * @example
 * alphaDebiased(statisticOfRows([[1, 0], [0, 1]])) // 0
 */
export function alphaDebiased(statistic: Measurable, select?: BlockSelector): number | null {
  return alphaDebiasedOfTotal(statistic.m, total(statistic, select))
}

/** As {@link alphaDebiased}, from the two sums of m gradients. */
export function alphaDebiasedOfTotal(m: number, sums: Total): number | null {
  if (m === 1) return null
  return sums.sumOfSquaredNorms === 0 ? 0 : (m * alphaOfTotal(m, sums) - 1) / (m - 1)
}
