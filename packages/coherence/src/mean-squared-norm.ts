import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total } from './total.ts'

/**
 * The mean over examples of the squared length of an example's own gradient, (1/m) Σᵢ ‖gᵢ‖²: the denominator of α.
 *
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (2).
 */
export function meanSquaredNorm(statistic: Measurable, select?: BlockSelector): number {
  return total(statistic, select).sumOfSquaredNorms / statistic.m
}
