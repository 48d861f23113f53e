import type { FactoredRows } from './factored-rows.ts'
import type { Ranks } from './ranks.ts'
import { reduceFactored } from './reduce-factored.ts'
import { trimmed } from './statistic.ts'

/**
 * Trimmed mean of every column of rows that are outer products; the rows are never formed.
 *
 *   out[a·p + b] = (1/(upper − lower + 1)) Σᵣ sorted(x)[r],   xᵢ = fround(activations[i, a] · deltas[i, b])
 *
 * Index legend: i of m rows, a of d inputs, b of p outputs, r = lower … upper. Scale: a mean over the ranks kept. Equal
 * to the bit to `trimmedMeanOfRows` over the formed rows.
 *
 * @throws RangeError when a factor or a product isn't finite (names the row), when ranks don't lie in [0, m), or for a
 *   wrong length.
 */
export function trimmedMeanOfFactors(stack: FactoredRows, ranks: Ranks): Float32Array {
  return reduceFactored(stack, ranks, trimmed)
}
