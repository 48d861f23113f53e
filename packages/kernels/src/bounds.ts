import type { Ranks } from './ranks.ts'
import type { SignedColumn } from './signed-column.ts'
import { sizeOfRank } from './size-of-rank.ts'

/** Value of rank `lower` of a column; −∞ for rank 0, below which nothing lies. */
export function lowerBound({ below, above, zeros }: SignedColumn, { lower }: Ranks): number {
  if (lower === 0) return -Infinity
  if (lower < below.count) return -sizeOfRank(below, below.count - 1 - lower)
  return lower < below.count + zeros ? 0 : sizeOfRank(above, lower - below.count - zeros)
}

/** Value of rank `upper` of a column; ∞ for rank m − 1, above which nothing lies. */
export function upperBound({ rows, below, above, zeros }: SignedColumn, { upper }: Ranks): number {
  const outside = rows - 1 - upper
  if (outside === 0) return Infinity
  if (outside < above.count) return sizeOfRank(above, above.count - 1 - outside)
  return outside < above.count + zeros ? 0 : -sizeOfRank(below, outside - above.count - zeros)
}
