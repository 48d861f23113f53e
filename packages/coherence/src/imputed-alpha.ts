import { alphaDebiasedOfTotal } from './alpha-debiased.ts'
import { alphaOfTotal } from './alpha.ts'
import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { imputeAlpha } from './impute-alpha.ts'
import { requireBatchSize } from './require-batch-size.ts'
import { total, type Total } from './total.ts'

/** Coherence of single examples as the gradients of whole batches tell it. */
export interface ImputedAlpha {
  /** K: how many batches were measured. */
  readonly batches: number
  /** k: how many examples are in each. */
  readonly batchSize: number
  /** K·k: how many examples were measured in all. */
  readonly m: number
  /** α_B: the plain α of the K batch gradients. */
  readonly alphaOfBatches: number
  /** α_B / (k − (k − 1)·α_B): the paper's formula. Too high for few batches; its chance level is `imputedOrthogonalLimit`. */
  readonly plugIn: number
  /**
   * The same of the debiased α_B: an estimate of the distribution's α. 0 for orthogonal gradients whatever K and k are;
   * negative where batches work against each other, and not clipped. Null at K = 1.
   */
  readonly alphaDebiased: number | null
  /** α that the m examples one by one would have had, (1 + (m − 1)·alphaDebiased)/m: in [0, 1], 1/m where orthogonal. Null at K = 1. */
  readonly alpha: number | null
  /** m·alpha: how many examples an example helps, itself included. Null at K = 1. */
  readonly mAlpha: number | null
}

/**
 * α of single examples, imputed from the gradients of whole batches: for networks with batch normalisation, whose training
 * mode gives no example a gradient of its own.
 *
 *   α_B = ‖(1/K) Σⱼ bⱼ‖² / ((1/K) Σⱼ ‖bⱼ‖²)
 *   plugIn = α_B / (k − (k − 1)·α_B)                          the paper's formula
 *   alphaDebiased = the same of (K·α_B − 1)/(K − 1)           its finite-sample correction
 *   alpha = (1 + (m − 1)·alphaDebiased)/m,  m = K·k           what `alpha` of the examples would be
 *
 * Index legend: j of K batches, k examples per batch; bⱼ is the gradient of batch j's mean loss, so scale matters not.
 * `statistic` has a row for each batch: `statisticOf` a stack of `microBatchGradients(…, { batchNormalization:
 * 'training' })` of `@coherent-gradients/gradients`. Batches must be equally large, of different examples drawn at random,
 * and all measured at the same weights.
 *
 * Without batch normalisation the relation is exact for independent examples, and the correction makes α_B unbiased as a
 * ratio; the map from α_B bends upwards, which leaves a small upward bias where K is small and α_B large. With batch
 * normalisation in training mode it is a heuristic all the same: a batch's gradient is no mean over examples, and another
 * k is another function. What the choice of mode means:
 *
 * - *inference* (per-example gradients by moving statistics): exact for the network as it predicts; misleads while the
 *   moving statistics lag behind what training sees.
 * - *frozen batch* (per-example gradients by one batch's statistics, held constant): the outputs of training; leaves out
 *   the gradient through the statistics, and in a small batch the statistics are noise.
 * - *imputed* (this): the gradients that training steps by; misleads for few batches (look at the interval), for large k
 *   (α_B is near 1 or, orthogonal, near 1/K whatever α is, so that a small error in it is a large one in α), and where
 *   normalising couples the examples strongly, as in small batches.
 *
 * Degenerate cases: at K = 1 α_B is 1 and says nothing, so what is corrected is null. α_B = 0 gives plugIn 0, alpha 0 and
 * alphaDebiased −1/(m − 1). All gradients zero give 0 throughout. k = 1 gives `alpha` and `alphaDebiased` of the rows
 * themselves. No denominator falls below 1.
 *
 * @throws RangeError as `alpha`, and when k is not a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §4 on batch normalisation, and Appendix D. The correction is
 *   derived; for a partition of m examples into batches it equals α_B·f / (1 − α_B·(1 − f)), f = (m − k)/(k·(m − 1)).
 *
 * @example
 * imputedAlpha(statisticOfRows([[2, 1], [1, 2]]), 10)
 */
export function imputedAlpha(statistic: Measurable, batchSize: number, select?: BlockSelector): ImputedAlpha {
  return imputedAlphaOfTotal(statistic.m, batchSize, total(statistic, select))
}

/** As {@link imputedAlpha}, from the two sums of K batch gradients. */
function imputedAlphaOfTotal(batches: number, batchSize: number, sums: Total): ImputedAlpha {
  requireBatchSize('imputedAlpha', batchSize)
  const m = batches * batchSize
  const alphaOfBatches = alphaOfTotal(batches, sums)
  const debiased = alphaDebiasedOfTotal(batches, sums)
  const alphaDebiased = debiased === null ? null : imputeAlpha(debiased, batchSize)
  const zero = sums.sumOfSquaredNorms === 0
  // What rounding takes below 0 is cut off; with every gradient zero, α is 0 by definition.
  const alpha = alphaDebiased === null ? null : zero ? 0 : Math.max(0, (1 + (m - 1) * alphaDebiased) / m)
  return {
    batches,
    batchSize,
    m,
    alphaOfBatches,
    plugIn: imputeAlpha(alphaOfBatches, batchSize),
    alphaDebiased,
    alpha,
    mAlpha: alpha === null ? null : m * alpha,
  }
}
