import { meanAroundMedian } from './around-median'
import { Grid } from './grid'
import { Lanes } from './lanes'
import { fromEndOfRuns, needsRuns, sortLastRun, sortRuns, valueOfRank } from './rank'
import { Wide } from './wide'

/** What is made of a column, as the exported functions take it. */
export const winsorized = 0
export const trimmed = 1
export const aroundMedian = 2

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
    // What trims compares with bounds, what clips needs to know how large they are.
    if (lower > 0 || statistic === winsorized) least = Lanes.toKey(valueOfRank(keys, kept, lower, runs))
    if (outside > 0 || statistic === winsorized) most = Lanes.toKey(valueOfRank(keys, kept, kept - 1 - outside, runs))
  }
  if (statistic === trimmed) return trimmedMean(values, n, zeros, lower, upper, least, most)
  return clippedMean(values, n, zeros, least, most)
}

/** The winsorized mean, rounded to the {@link Grid} of the larger bound. */
function clippedMean(values: usize, n: i32, zeros: i32, least: v128, most: v128): v128 {
  const largest = i32x4.max_s(f32x4.abs(least), f32x4.abs(most))
  // From 2¹²⁷ on there is no power of two above: halves are added up then, and the unit is twice as large.
  const halved = i32x4.gt_s(largest, i32x4.splat(0x7effffff))
  const scale = v128.bitselect(f32x4.splat(0.5), f32x4.splat(1), halved)
  const power = Grid.above(f32x4.mul(largest, scale))
  const zero = countOf(f32x4.pmin(f32x4.pmax(f32x4.splat(0), least), most), scale, power)
  const allZeros = f64x2.splat(zeros)
  let low = f64x2.mul(Wide.lowOfCounts(zero), allZeros)
  let high = f64x2.mul(Wide.highOfCounts(zero), allZeros)
  const end = values + (usize(n) << 4)
  while (values < end) {
    const stop = min(values + (usize(Grid.most) << 4), end)
    let sum = i32x4.splat(0)
    for (; values < stop; values += 16) {
      sum = i32x4.add(sum, countOf(f32x4.pmin(f32x4.pmax(v128.load(values), least), most), scale, power))
    }
    low = f64x2.add(low, Wide.lowOfCounts(sum))
    high = f64x2.add(high, Wide.highOfCounts(sum))
  }
  const twice = f32x4.div(f32x4.splat(1), scale)
  const mean = Grid.quotient(
    f64x2.mul(low, Wide.low(twice)),
    f64x2.mul(high, Wide.high(twice)),
    power,
    n + zeros,
  )
  return f32x4.add(f32x4.pmin(f32x4.pmax(mean, least), most), f32x4.splat(0))
}

/** A number of either sign in units of the grid. */
function countOf(x: v128, scale: v128, power: v128): v128 {
  const count = i32x4.sub(Grid.bits(f32x4.mul(f32x4.abs(x), scale), power), power)
  const negative = i32x4.shr_s(x, 31)
  return i32x4.sub(v128.xor(count, negative), negative)
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
