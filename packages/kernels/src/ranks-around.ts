import type { Ranks } from './ranks.ts'

/** As many ranks as are kept where `dropped` of `rows` values are left out, fewer than half of them. */
export function ranksAround(rows: number, dropped: number): Ranks {
  if (!Number.isInteger(dropped) || dropped < 0 || 2 * dropped >= rows) {
    throw new RangeError(`meanAroundMedian: required less than half of ${rows} rows to leave out, found ${dropped}`)
  }
  return { lower: 0, upper: rows - 1 - dropped }
}
