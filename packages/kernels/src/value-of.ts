import { lowerBound, upperBound } from './bounds.ts'
import type { Ranks } from './ranks.ts'
import type { SignedColumn } from './signed-column.ts'
import type { Statistic } from './statistic.ts'

/** The statistic of a column as float32. A zero is +0, whatever the signs of the zeros that it came from. */
export function valueOf(column: SignedColumn, ranks: Ranks, statistic: Statistic): number {
  const { rows, below, above } = column
  if (below.count <= ranks.lower && above.count <= rows - 1 - ranks.upper) return 0
  return Math.fround(statistic.of(column, ranks, lowerBound(column, ranks), upperBound(column, ranks))) + 0
}
