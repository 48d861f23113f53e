import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total, type Total } from './total.ts'

/**
 * Coherence of a set of gradients: how much of the average example's squared gradient survives averaging.
 *
 *   α = ‖(1/m) Σᵢ gᵢ‖² / ((1/m) Σᵢ ‖gᵢ‖²)
 *
 * Index legend: i of m examples. `statistic` carries m, Σgᵢ and Σ‖gᵢ‖² per weight, so batches and shards that were
 * merged give the α of their union. Scale-free: gradients divided by m or not give the same α.
 *
 * @returns a number in [0, 1] (what rounding adds above 1 is cut off); 1/m (see {@link orthogonalLimit}) when the
 *   gradients are pairwise orthogonal; 1 when they are all equal; 0 when every gradient is zero, as the paper's
 *   footnote 11 defines it.
 * @throws RangeError when the statistic is empty (required m ≥ 1, found 0) or `select` chooses no weight.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (3).
 *
 * @example
 * alpha(statisticOfRows([[1, 0], [0, 1]])) // 0.5: two orthogonal gradients, 1/m
 */
export function alpha(statistic: Measurable, select?: BlockSelector): number {
  return alphaOfTotal(statistic.m, total(statistic, select))
}

/** α of m gradients from their two sums. */
export function alphaOfTotal(m: number, { squaredNormOfSum, sumOfSquaredNorms }: Total): number {
  return sumOfSquaredNorms === 0 ? 0 : Math.min(1, squaredNormOfSum / (m * sumOfSquaredNorms))
}
