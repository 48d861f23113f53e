import { alphaDebiasedOfTotal } from './alpha-debiased.ts'
import { alphaOfTotal } from './alpha.ts'
import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { total } from './total.ts'

/** Every number that the two sums of m gradients give. */
export interface CoherenceSummary {
  readonly m: number
  readonly alpha: number
  /** (m·α − 1)/(m − 1); null at m = 1. */
  readonly alphaDebiased: number | null
  /** m·α: how many examples an example helps, itself included. */
  readonly mAlpha: number
  /** Σᵢ‖gᵢ‖²/m. */
  readonly meanSquaredNorm: number
  /** ‖Σᵢgᵢ/m‖². */
  readonly squaredNormOfMean: number
}

/**
 * {@link alpha}, {@link alphaDebiased}, {@link mCoherence}, {@link meanSquaredNorm} and {@link squaredNormOfMean} of the
 * chosen weights (all, unless said), in one pass over Σg.
 *
 * @throws RangeError as {@link alpha}.
 */
export function summarise(statistic: Measurable, select?: BlockSelector): CoherenceSummary {
  const m = statistic.m
  const sums = total(statistic, select)
  const alpha = alphaOfTotal(m, sums)
  return {
    m,
    alpha,
    alphaDebiased: alphaDebiasedOfTotal(m, sums),
    mAlpha: m * alpha,
    meanSquaredNorm: sums.sumOfSquaredNorms / m,
    squaredNormOfMean: sums.squaredNormOfSum / m ** 2,
  }
}
