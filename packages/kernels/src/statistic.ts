import { grid } from './grid.ts'
import type { Ranks } from './ranks.ts'
import type { Side, SignedColumn } from './signed-column.ts'

/** One number out of one column, given the values at its two ranks. */
export interface Statistic {
  readonly name: string
  /** What the WebAssembly kernels call it. */
  readonly kind: 0 | 1 | 2
  of(column: SignedColumn, ranks: Ranks, lower: number, upper: number): number
}

/**
 * (1/m) Σᵢ r(min(max(xᵢ, lower), upper)), where r rounds to the {@link grid} of the larger bound: sums of its multiples are
 * exact in float64, whatever the order. The mean lies between the bounds.
 */
export const winsorized: Statistic = {
  name: 'winsorizedMean',
  kind: 0,
  of({ rows, below, above, zeros }, _ranks, lower, upper) {
    const least = lower === -Infinity ? lowest(below, zeros, above) : lower
    const most = upper === Infinity ? -lowest(above, zeros, below) : upper
    if (least === most) return least
    const round = grid(Math.max(Math.abs(least), Math.abs(most)))
    let sum: number
    if (least > 0) sum = round(least) * (below.count + zeros) + sumOfClipped(above, least, most, round)
    else if (most < 0) sum = -(round(-most) * (above.count + zeros) + sumOfClipped(below, -most, -least, round))
    else sum = sumOfClipped(above, 0, most, round) - sumOfClipped(below, 0, -least, round)
    return Math.min(Math.max(Math.fround(sum / rows), least), most)
  },
}

/** The least of all values, or with its sides exchanged minus the largest. */
function lowest(below: Side, zeros: number, above: Side): number {
  if (below.count > 0) return -below.sizes.subarray(0, below.count).reduce((x, y) => Math.max(x, y))
  return zeros > 0 ? 0 : above.sizes.subarray(0, above.count).reduce((x, y) => Math.min(x, y))
}

function sumOfClipped({ sizes, count }: Side, least: number, most: number, round: (size: number) => number): number {
  let sum = 0
  for (let j = 0; j < count; j++) {
    const size = sizes[j]!
    sum += round(size > most ? most : size < least ? least : size)
  }
  return sum
}

/**
 * Mean of the values from rank lower to rank upper: what lies strictly between the bounds, above zero minus below,
 * each in row order, and then the copies of the bounds themselves.
 */
export const trimmed: Statistic = {
  name: 'trimmedMean',
  kind: 1,
  of(column, ranks, lower, upper) {
    if (lower === upper) return lower
    const { rows, below, above, zeros } = column
    const zerosAtMostLower = lower >= 0 ? zeros : 0
    const zerosAtLeastUpper = upper <= 0 ? zeros : 0
    const copiesOfLower =
      countWithin(below, -lower, Infinity) + countWithin(above, 0, lower) + zerosAtMostLower - ranks.lower
    const copiesOfUpper =
      countWithin(above, upper, Infinity) + countWithin(below, 0, -upper) + zerosAtLeastUpper - (rows - 1 - ranks.upper)
    let sum = sumBetween(above, lower, upper) - sumBetween(below, -upper, -lower)
    if (copiesOfLower !== 0) sum += lower * copiesOfLower
    if (copiesOfUpper !== 0) sum += upper * copiesOfUpper
    return sum / (ranks.upper - ranks.lower + 1)
  },
}

/**
 * Mean of the values nearest to the median, as many as there are ranks from lower to upper: neighbours once they are sorted,
 * in ascending order, in float64. Of two that are equally far from it the lower one stays.
 */
export const aroundMedian: Statistic = {
  name: 'meanAroundMedian',
  kind: 2,
  of(column, ranks) {
    const { rows } = column
    const kept = ranks.upper - ranks.lower + 1
    const sorted = sortedValues(column)
    const twice = sorted[(rows - 1) >> 1]! + sorted[rows >> 1]!
    let start = 0
    while (start < rows - kept && sorted[start]! + sorted[start + kept]! < twice) start++
    let sum = 0
    for (let i = start; i < start + kept; i++) sum += sorted[i]!
    return sum / kept
  },
}

/** All values in ascending order, in float64. */
function sortedValues({ rows, below, above, zeros }: SignedColumn): Float64Array {
  const sorted = new Float64Array(rows)
  for (let j = 0; j < below.count; j++) sorted[j] = -below.sizes[j]!
  for (let j = 0; j < above.count; j++) sorted[below.count + zeros + j] = above.sizes[j]!
  return sorted.toSorted()
}

function sumBetween({ sizes, count }: Side, least: number, most: number): number {
  let sum = 0
  for (let j = 0; j < count; j++) {
    const size = sizes[j]!
    if (size > least && size < most) sum += size
  }
  return sum
}

function countWithin({ sizes, count }: Side, least: number, most: number): number {
  let within = 0
  for (let j = 0; j < count; j++) {
    const size = sizes[j]!
    if (size >= least && size <= most) within++
  }
  return within
}
