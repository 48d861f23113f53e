import { alpha } from './alpha.ts'
import type { BlockSelector, Measurable } from './gradient-statistic.ts'

/**
 * How many examples of the m, itself included, a given example helps on average at one step of gradient descent.
 *
 *   m·α = α / α⊥,  α⊥ = 1/m
 *
 * @returns a number in [0, m]: 1 when the gradients are pairwise orthogonal (an example helps nobody but itself), m when
 *   they are all equal, 0 when their mean is zero. Below 1 examples work against each other on average.
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, the metric α_m/α_m⊥.
 *
 * @example
 * mCoherence(statisticOfRows([[1, 0], [0, 1]])) // 1
 */
export function mCoherence(statistic: Measurable, select?: BlockSelector): number {
  return statistic.m * alpha(statistic, select)
}
