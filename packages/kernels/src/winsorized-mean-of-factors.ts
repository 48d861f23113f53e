import type { FactoredRows } from './factored-rows.ts'
import type { Ranks } from './ranks.ts'
import { reduceFactored } from './reduce-factored.ts'
import { winsorized } from './statistic.ts'

/**
 * Winsorized mean of every column of rows that are outer products; the rows are never formed.
 *
 *   out[a·p + b] = (1/m) Σᵢ min(max(xᵢ, l), u),   xᵢ = fround(activations[i, a] · deltas[i, b])
 *
 * Index legend: i of m rows, a of d inputs, b of p outputs; l and u are the values of rank lower and upper of
 * x₀ … xₘ₋₁. Scale: a mean over rows. Equal to the bit to `winsorizedMeanOfRows` over the formed rows. Rows where a
 * factor is zero are not visited wherever both ranks leave room for that, so sparse activations are fast.
 *
 * @throws RangeError when a factor or a product isn't finite (names the row), when ranks don't lie in [0, m), or for a
 *   wrong length.
 * @see "On the Generalization Mystery in Deep Learning", §7, the update rule of winsorized gradient descent.
 *
 * @example
 * winsorizedMeanOfFactors(
 *   { activations: Float32Array.of(1, 1, 2), deltas: Float32Array.of(1, 2, 45), rows: 3, inputs: 1, outputs: 1 },
 *   { lower: 1, upper: 1 },
 * ) // [2]: the middle one of 1, 2 and 90
 */
export function winsorizedMeanOfFactors(stack: FactoredRows, ranks: Ranks): Float32Array {
  return reduceFactored(stack, ranks, winsorized)
}
