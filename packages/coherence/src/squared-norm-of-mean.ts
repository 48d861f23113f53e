import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total } from './total.ts'

/**
 * The squared length of the mean gradient, ‖(1/m) Σᵢ gᵢ‖²: the numerator of α, and the mean of gᵢ·gⱼ over all pairs,
 * i = j included.
 *
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (1).
 */
export function squaredNormOfMean(statistic: Measurable, select?: BlockSelector): number {
  return total(statistic, select).squaredNormOfSum / statistic.m ** 2
}
