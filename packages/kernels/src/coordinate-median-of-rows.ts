import type { FormedRows } from './formed-rows.ts'
import { medianRanks } from './median-ranks.ts'
import { trimmedMeanOfRows } from './trimmed-mean-of-rows.ts'

/**
 * Median of every column: the middle value, or the mean of the two middle ones for an even number of rows.
 *
 * @throws RangeError when a value isn't finite (names the row), for no rows, or for a wrong length.
 * @see "On the Generalization Mystery in Deep Learning", §2, the median gradient.
 *
 * @example
 * coordinateMedianOfRows({ values: Float32Array.of(1, 2, 3, 90), rows: 4, columns: 1 }) // [2.5]
 */
export function coordinateMedianOfRows(stack: FormedRows): Float32Array {
  return trimmedMeanOfRows(stack, medianRanks(stack.rows))
}
