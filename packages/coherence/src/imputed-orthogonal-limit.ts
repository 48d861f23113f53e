import { imputeAlpha } from './impute-alpha.ts'
import { orthogonalLimit } from './orthogonal-limit.ts'
import { requireBatchSize } from './require-batch-size.ts'

/**
 * What plain imputation makes of K batches of k orthogonal gradients of equal length: the chance level of `plugIn` in
 * {@link imputedAlpha}, where 1/(K·k) would be right.
 *
 *   1 / (K·k − k + 1)
 *
 * Times m = K·k it is 1.96 at K = 2, k = 50 and 1.02 at K = 50, k = 20: the fewer batches, the farther above 1. The
 * corrected `alpha` of `imputedAlpha` needs no such limit of its own: its orthogonal limit is 1/m. Derived; not in the
 * paper.
 *
 * @throws RangeError when K or k is not a whole number ≥ 1.
 *
 * @example
 * 100 * imputedOrthogonalLimit(2, 50) // 1.96…
 */
export function imputedOrthogonalLimit(batches: number, batchSize: number): number {
  requireBatchSize('imputedOrthogonalLimit', batchSize)
  return imputeAlpha(orthogonalLimit(batches), batchSize)
}
