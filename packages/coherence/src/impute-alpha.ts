import { requireBatchSize } from './require-batch-size.ts'

/**
 * α of single examples, from α_B of the mean gradients of batches of k independent examples: an exact relation of the two
 * in a population, and nothing about samples.
 *
 *   α = α_B / (k − (k − 1)·α_B),  since  α_B = k·α / (1 + (k − 1)·α)
 *
 * Index legend: k examples per batch. Rising in α_B, and 0 at 0, 1 at 1, whatever k is; so an interval is transformed by
 * its ends. A debiased α_B may be negative, and gives more than −1/(k − 1). The denominator is at least 1.
 *
 * The α_B of K batches that were measured is too high, and this makes it no better: see {@link imputedAlpha}.
 *
 * @throws RangeError when α_B is above 1 or not finite, or k not a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §4 on batch normalisation, and Appendix D.
 *
 * @example
 * imputeAlpha(0.5, 3) // 0.25
 */
export function imputeAlpha(alphaOfBatches: number, batchSize: number): number {
  requireBatchSize('imputeAlpha', batchSize)
  if (!(Number.isFinite(alphaOfBatches) && alphaOfBatches <= 1)) {
    throw new RangeError(`imputeAlpha: required a finite α_B of at most 1, found ${alphaOfBatches}`)
  }
  return alphaOfBatches / (batchSize - (batchSize - 1) * alphaOfBatches)
}
