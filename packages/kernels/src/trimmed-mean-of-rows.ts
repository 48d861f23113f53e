import type { FormedRows } from './formed-rows.ts'
import type { Ranks } from './ranks.ts'
import { reduceFormed } from './reduce-formed.ts'
import { trimmed } from './statistic.ts'

/**
 * Trimmed mean of every column: the mean of its sorted values from rank lower to rank upper, both included.
 *
 *   out[j] = (1/(upper − lower + 1)) Σᵣ sorted(x·ⱼ)[r],   r = lower … upper
 *
 * Index legend: i of m rows, column j. Scale: a mean over the ranks kept. Summed in float64 (values strictly between
 * the two ends in row order, then the ends), rounded to float32; a zero is +0. {@link medianRanks} make it the median.
 *
 * @throws RangeError when a value isn't finite (names the row), when ranks don't lie in [0, m), or for a wrong length.
 *
 * @example
 * trimmedMeanOfRows({ values: Float32Array.of(1, 2, 3, 90), rows: 4, columns: 1 }, { lower: 0, upper: 2 }) // [2]
 */
export function trimmedMeanOfRows(stack: FormedRows, ranks: Ranks): Float32Array {
  return reduceFormed(stack, ranks, trimmed)
}
