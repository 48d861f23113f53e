import type { Ranks } from './ranks.ts'

/**
 * Ranks of the middle of m values: the same one twice for odd m, the two middle ones for even m.
 *
 * @example
 * medianRanks(5) // { lower: 2, upper: 2 }
 * medianRanks(4) // { lower: 1, upper: 2 }
 */
export function medianRanks(rows: number): Ranks {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`medianRanks: required a whole number of rows ≥ 1, found ${rows}`)
  }
  return { lower: (rows - 1) >> 1, upper: rows >> 1 }
}
