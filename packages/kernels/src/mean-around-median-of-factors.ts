import type { FactoredRows } from './factored-rows.ts'
import { ranksAround } from './ranks-around.ts'
import { reduceFactored } from './reduce-factored.ts'
import { aroundMedian } from './statistic.ts'

/**
 * Mean around the median of every column of rows that are outer products; the rows are never formed.
 *
 * Index legend: i of m rows, a of d inputs, b of p outputs; out[a·p + b] is that of xᵢ = fround(activations[i, a] ·
 * deltas[i, b]). Scale: a mean over the values kept. Equal to the bit to `meanAroundMedianOfRows` over the formed rows.
 *
 * @throws RangeError when a factor or a product isn't finite (names the row), when dropped isn't less than m/2, or for a
 *   wrong length.
 */
export function meanAroundMedianOfFactors(stack: FactoredRows, dropped: number): Float32Array {
  return reduceFactored(stack, ranksAround(stack.rows, dropped), aroundMedian)
}
