import type { FactoredRows } from './factored-rows.ts'
import { medianRanks } from './median-ranks.ts'
import { trimmedMeanOfFactors } from './trimmed-mean-of-factors.ts'

/**
 * Median of every column of rows that are outer products; the rows are never formed. The middle value, or the mean of
 * the two middle ones for an even number of rows. Equal to the bit to `coordinateMedianOfRows` over the formed rows.
 *
 * @throws RangeError when a factor or a product isn't finite (names the row), for no rows, or for a wrong length.
 * @see "On the Generalization Mystery in Deep Learning", §2, the median gradient.
 */
export function coordinateMedianOfFactors(stack: FactoredRows): Float32Array {
  return trimmedMeanOfFactors(stack, medianRanks(stack.rows))
}
