import type { FormedRows } from './formed-rows.ts'
import { ranksAround } from './ranks-around.ts'
import { reduceFormed } from './reduce-formed.ts'
import { aroundMedian } from './statistic.ts'

/**
 * Mean around the median of every column: its `dropped` values farthest from the median are left out, wherever they are.
 *
 *   out[j] = 1/(m − dropped) Σ_{i ∈ Nⱼ} xᵢⱼ,   Nⱼ the m − dropped rows with the least |xᵢⱼ − median(x·ⱼ)|
 *
 * Index legend: i of m rows, column j. Scale: a mean over the values kept. Of two values that are equally far from the median
 * the lower one stays. Sums are in ascending order in float64, the result is rounded to float32, and a zero is +0.
 *
 * @throws RangeError when a value isn't finite (names the row), when dropped isn't less than m/2, or for a wrong length.
 *
 * @example
 * meanAroundMedianOfRows({ values: Float32Array.of(1, 2, 3, 90), rows: 4, columns: 1 }, 1) // [2]
 */
export function meanAroundMedianOfRows(stack: FormedRows, dropped: number): Float32Array {
  return reduceFormed(stack, ranksAround(stack.rows, dropped), aroundMedian)
}
