import type { FormedRows } from './formed-rows.ts'
import type { Ranks } from './ranks.ts'
import { reduceFormed } from './reduce-formed.ts'
import { winsorized } from './statistic.ts'

/**
 * Winsorized mean of every column: each value is clipped to the column's values at two ranks, and all m are averaged.
 *
 *   out[j] = (1/m) Σᵢ min(max(xᵢⱼ, lⱼ), uⱼ),   lⱼ = sorted(x·ⱼ)[lower],  uⱼ = sorted(x·ⱼ)[upper]
 *
 * Index legend: i of m rows, column j. Scale: a mean over rows, not a sum. Ranks 0 and m − 1 give the mean; equal ranks
 * give the value of that rank. Each clipped value is rounded to 23 bits of its column's larger bound, which takes the mean at
 * most 2⁻²³ · max(|lⱼ|, |uⱼ|) away; their sum is exact, so that no order of the rows changes the result. It lies between the
 * bounds and is rounded to float32; a zero is +0. No column's sum ever holds a value that is clipped away, however large.
 *
 * @throws RangeError when a value isn't finite (names the row), when ranks don't lie in [0, m), or for a wrong length.
 * @see "On the Generalization Mystery in Deep Learning", §7, the update rule of winsorized gradient descent.
 *
 * @example
 * winsorizedMeanOfRows({ values: Float32Array.of(1, 2, 3, 90), rows: 4, columns: 1 }, { lower: 1, upper: 2 }) // [2.5]
 */
export function winsorizedMeanOfRows(stack: FormedRows, ranks: Ranks): Float32Array {
  return reduceFormed(stack, ranks, winsorized)
}
