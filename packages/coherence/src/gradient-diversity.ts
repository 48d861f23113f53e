import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { mCoherence } from './m-coherence.ts'

/**
 * How much gradients differ: the sum of their squared norms against the squared norm of their sum.
 *
 *   Δ = Σᵢ ‖gᵢ‖² / ‖Σᵢ gᵢ‖² = 1 / (m·α)
 *
 * Index legend: i of m examples. The relation to α is exact on every sample. Scale-free. Costs two sums, O(m).
 *
 * @returns a number in [1/m, ∞]: 1/m where all gradients are equal, 1 where they are pairwise orthogonal, Infinity where
 *   α is 0, that is where they cancel or are all zero.
 * @throws RangeError as {@link alpha}.
 * @see Yin et al., "Gradient Diversity: a Key Ingredient for Scalable Distributed Learning", 2018.
 *
 * @example
 * gradientDiversity(statisticOfRows([[1, 0], [0, 1]])) // 1
 */
export function gradientDiversity(statistic: Measurable, select?: BlockSelector): number {
  return 1 / mCoherence(statistic, select)
}
