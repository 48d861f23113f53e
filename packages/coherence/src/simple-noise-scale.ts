import { alpha } from './alpha.ts'
import type { BlockSelector, Measurable } from './gradient-statistic.ts'

/**
 * The batch size at which a mini-batch gradient is as much noise as signal: the total variance of an example's gradient
 * over the squared norm of the mean.
 *
 *   B = tr Σ / ‖ḡ‖² = 1/α − 1,  tr Σ = (1/m) Σᵢ ‖gᵢ − ḡ‖²
 *
 * Index legend: i of m examples; ḡ their mean; Σ their covariance, divided by m (the population's). With that divisor
 * the relation to α is exact on every sample. Scale-free; in units of examples. Like α it is biased: a small sample has
 * a large ‖ḡ‖² by chance, so B comes out below m − 1 where nothing is shared. Costs two sums, O(m).
 *
 * @returns a number in [0, ∞]: 0 where all gradients are equal, m − 1 where they are pairwise orthogonal, Infinity where
 *   α is 0.
 * @throws RangeError as {@link alpha}.
 * @see McCandlish et al., "An Empirical Model of Large-Batch Training", 2018, the simple noise scale.
 *
 * @example
 * simpleNoiseScale(statisticOfRows([[1, 0], [0, 1]])) // 1
 */
export function simpleNoiseScale(statistic: Measurable, select?: BlockSelector): number {
  return 1 / alpha(statistic, select) - 1
}
