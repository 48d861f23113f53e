import { meanAroundMedian } from './around-median'
import { Lanes } from './lanes'
import { fromEndOfRuns, needsRuns, sortLastRun, sortRuns, valueOfRank } from './rank'

/** What is made of a column, as the exported functions take it. */
export const winsorized = 0
export const trimmed = 1
export const aroundMedian = 2

/** A number for each of four lanes in float64: lanes 0 and 1 in `low`, 2 and 3 in `high`. */
export class Wide {
  @inline static low(x: v128): v128 {
    return f64x2.promote_low_f32x4(x)
  }

  @inline static high(x: v128): v128 {
    return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1))
  }

  /** The numbers divided by `by`, as float32, a zero as +0. */
  @inline static quotient(low: v128, high: v128, by: i32): v128 {
    const divisor = f64x2.splat(by)
    const first = f32x4.demote_f64x2_zero(f64x2.div(low, divisor))
    const second = f32x4.demote_f64x2_zero(f64x2.div(high, divisor))
    return f32x4.add(v128.shuffle<i64>(first, second, 0, 2), f32x4.splat(0))
  }
}

/** Whether the mean is settled by its two bounds alone: of one value, or of two neighbours (a median). */
export function isOfBounds(statistic: i32, lower: i32, upper: i32): bool {
  return lower === upper || (statistic === trimmed && upper === lower + 1)
}

export function meanOfBounds(lower: v128, upper: v128, kept: i32): v128 {
  if (kept === 1) return f32x4.add(lower, f32x4.splat(0))
  return Wide.quotient(
    f64x2.add(Wide.low(lower), Wide.low(upper)),
    f64x2.add(Wide.high(lower), Wide.high(upper)),
    kept,
  )
}

/**
 * The statistic of columns of n signed values and so many zeros. `work` has room for a vector for each row
 * and for `rankBytes(rows)`.
 */
export function signedMean(
  statistic: i32,
  values: usize,
  n: i32,
  zeros: i32,
  lower: i32,
  upper: i32,
  work: usize,
): v128 {
  if (statistic === aroundMedian) return meanAroundMedian(values, n, zeros, upper - lower + 1, work)
  const rows = n + zeros
  const outside = rows - 1 - upper
  if (n <= lower && n <= outside) return f32x4.splat(0)
  // More zeros than either bound can reach change no bound.
  const kept = n + min(zeros, max(lower, outside) + 1)
  const keys = work
  const runs = work + (usize(rows) << 4)
  for (let i = 0; i < n; i++) {
    v128.store(keys + (usize(i) << 4), Lanes.toKey(v128.load(values + (usize(i) << 4))))
  }
  for (let i = n; i < kept; i++) v128.store(keys + (usize(i) << 4), i32x4.splat(0))

  if (lower === upper) {
    return meanOfBounds(Lanes.toKey(valueOfRank(keys, kept, lower, runs)), f32x4.splat(0), 1)
  }
  let least = f32x4.splat(-Infinity)
  let most = f32x4.splat(Infinity)
  if (isOfBounds(statistic, lower, upper)) {
    least = Lanes.toKey(valueOfRank(keys, kept, lower, runs))
    most = Lanes.toKey(valueOfRank(keys, kept, kept - 1 - outside, runs))
    return meanOfBounds(least, most, 2)
  }
  if (needsRuns(lower) && needsRuns(outside)) {
    const count = (kept + 7) & ~7
    sortRuns<i32>(keys, kept, runs)
    most = Lanes.toKey(fromEndOfRuns<i32>(runs, count, outside))
    sortLastRun<u32>(keys, kept, runs)
    least = Lanes.toKey(fromEndOfRuns<u32>(runs, count, lower))
  } else {
    if (lower > 0) least = Lanes.toKey(valueOfRank(keys, kept, lower, runs))
    if (outside > 0) most = Lanes.toKey(valueOfRank(keys, kept, kept - 1 - outside, runs))
  }
  if (statistic === trimmed) return trimmedMean(values, n, zeros, lower, upper, least, most)
  const zero = f32x4.splat(0)
  return v128.any_true(v128.or(f32x4.gt(least, zero), f32x4.lt(most, zero)))
    ? clippedFarMean(values, n, zeros, least, most)
    : clippedMean(values, n, rows, least, most)
}

/** The winsorized mean where zero lies between the bounds. */
function clippedMean(values: usize, n: i32, rows: i32, least: v128, most: v128): v128 {
  const zero = f32x4.splat(0)
  const mostBelow = f32x4.neg(least)
  let aboveLow = zero
  let aboveHigh = zero
  let belowLow = zero
  let belowHigh = zero
  const end = values + (usize(n) << 4)
  for (; values < end; values += 16) {
    const x = v128.load(values)
    const above = f32x4.pmin(f32x4.pmax(zero, x), most)
    const below = f32x4.pmin(f32x4.pmax(zero, f32x4.neg(x)), mostBelow)
    aboveLow = f64x2.add(aboveLow, Wide.low(above))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(above))
    belowLow = f64x2.add(belowLow, Wide.low(below))
    belowHigh = f64x2.add(belowHigh, Wide.high(below))
  }
  return Wide.quotient(f64x2.sub(aboveLow, belowLow), f64x2.sub(aboveHigh, belowHigh), rows)
}

/** The winsorized mean wherever zero lies: what is clipped past zero counts as so many times the bound. */
function clippedFarMean(values: usize, n: i32, zeros: i32, least: v128, most: v128): v128 {
  const zero = f32x4.splat(0)
  let aboveLow = zero
  let aboveHigh = zero
  let belowLow = zero
  let belowHigh = zero
  let notAbove = i32x4.splat(zeros)
  let notBelow = notAbove
  const end = values + (usize(n) << 4)
  for (; values < end; values += 16) {
    const x = v128.load(values)
    const isAbove = f32x4.gt(x, zero)
    const isBelow = f32x4.lt(x, zero)
    const clipped = f32x4.pmin(f32x4.pmax(x, least), most)
    const above = f32x4.pmax(zero, v128.and(clipped, isAbove))
    const below = f32x4.pmax(zero, f32x4.neg(v128.and(clipped, isBelow)))
    notAbove = i32x4.add(notAbove, i32x4.add(isAbove, i32x4.splat(1)))
    notBelow = i32x4.add(notBelow, i32x4.add(isBelow, i32x4.splat(1)))
    aboveLow = f64x2.add(aboveLow, Wide.low(above))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(above))
    belowLow = f64x2.add(belowLow, Wide.low(below))
    belowHigh = f64x2.add(belowHigh, Wide.high(below))
  }
  const leastAbove = f32x4.gt(least, zero)
  const mostBelow = f32x4.lt(most, zero)
  const bound = v128.or(v128.and(least, leastAbove), v128.and(most, mostBelow))
  const copies = v128.bitselect(notAbove, notBelow, leastAbove)
  return Wide.quotient(
    f64x2.add(f64x2.sub(aboveLow, belowLow), Copies.low(bound, copies)),
    f64x2.add(f64x2.sub(aboveHigh, belowHigh), Copies.high(bound, copies)),
    n + zeros,
  )
}

/** A number times a count in float64, lane by lane; 0 for none of it, however large. */
class Copies {
  @inline static low(x: v128, count: v128): v128 {
    const none = i32x4.eq(count, i32x4.splat(0))
    return f64x2.mul(Wide.low(v128.andnot(x, none)), f64x2.convert_low_i32x4_s(count))
  }

  @inline static high(x: v128, count: v128): v128 {
    const none = i32x4.eq(count, i32x4.splat(0))
    return f64x2.mul(
      Wide.high(v128.andnot(x, none)),
      f64x2.convert_low_i32x4_s(v128.shuffle<i64>(count, count, 1, 1)),
    )
  }
}

function trimmedMean(values: usize, n: i32, zeros: i32, lower: i32, upper: i32, least: v128, most: v128): v128 {
  const zero = f32x4.splat(0)
  let aboveLow = zero
  let aboveHigh = zero
  let belowLow = zero
  let belowHigh = zero
  const allZeros = i32x4.splat(zeros)
  let ofLeast = i32x4.sub(v128.and(allZeros, f32x4.ge(least, zero)), i32x4.splat(lower))
  let ofMost = i32x4.sub(v128.and(allZeros, f32x4.le(most, zero)), i32x4.splat(n + zeros - 1 - upper))
  const end = values + (usize(n) << 4)
  for (; values < end; values += 16) {
    const x = v128.load(values)
    const isWithin = v128.and(f32x4.gt(x, least), f32x4.lt(x, most))
    const within = v128.and(x, isWithin)
    const above = f32x4.pmax(zero, within)
    const below = f32x4.pmax(zero, f32x4.neg(within))
    ofLeast = i32x4.sub(ofLeast, f32x4.le(x, least))
    ofMost = i32x4.sub(ofMost, f32x4.ge(x, most))
    aboveLow = f64x2.add(aboveLow, Wide.low(above))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(above))
    belowLow = f64x2.add(belowLow, Wide.low(below))
    belowHigh = f64x2.add(belowHigh, Wide.high(below))
  }
  let low = f64x2.sub(aboveLow, belowLow)
  let high = f64x2.sub(aboveHigh, belowHigh)
  low = f64x2.add(f64x2.add(low, Copies.low(least, ofLeast)), Copies.low(most, ofMost))
  high = f64x2.add(f64x2.add(high, Copies.high(least, ofLeast)), Copies.high(most, ofMost))
  const mean = Wide.quotient(low, high, upper - lower + 1)
  return v128.bitselect(f32x4.add(least, zero), mean, f32x4.eq(least, most))
}
