import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total } from './total.ts'

/**
 * The mean dot product of two different examples' gradients.
 *
 *   1/(m(m − 1)) Σᵢ Σⱼ≠ᵢ gᵢ·gⱼ = (‖Σᵢ gᵢ‖² − Σᵢ ‖gᵢ‖²) / (m(m − 1)) = (m·α − 1)/(m − 1) · (1/m) Σᵢ ‖gᵢ‖²
 *
 * Index legend: i, j of m examples. The numerator of {@link alphaDebiased}, and an unbiased estimate of the
 * distribution's E[g·g′]; {@link expectedPairwiseDot} counts i = j too. Costs two sums, O(m), never the pairs.
 *
 * @returns a number of either sign; null at m = 1, which has no pair.
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (1), which counts i = j.
 *
 * @example
 * meanPairwiseDot(statisticOfRows([[1, 0], [0, 1]])) // 0
 */
export function meanPairwiseDot(statistic: Measurable, select?: BlockSelector): number | null {
  const m = statistic.m
  const { squaredNormOfSum, sumOfSquaredNorms } = total(statistic, select)
  return m === 1 ? null : (squaredNormOfSum - sumOfSquaredNorms) / (m * (m - 1))
}
