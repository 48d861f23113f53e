import { Lanes } from './lanes'
import { sortAll } from './sort-all'
import { Wide } from './wide'

/**
 * The mean of those `kept` values of a column of n signed values and so many zeros that are nearest to its median, kept more
 * than half of them. `work` has room for a vector for each row and for `rankBytes(rows)`.
 *
 * Sorted, they are neighbours. Which ones differs from lane to lane: the window moves up as long as the value that it would
 * lose is farther from the median than the one that it would gain.
 */
export function meanAroundMedian(values: usize, n: i32, zeros: i32, kept: i32, work: usize): v128 {
  const rows = n + zeros
  const dropped = rows - kept
  // More than half are zeros, and as many as are kept.
  if (n <= dropped) return f32x4.splat(0)
  const sorted = work + (usize(rows) << 4)
  for (let i = 0; i < n; i++) v128.store(work + (usize(i) << 4), Lanes.toKey(v128.load(values + (usize(i) << 4))))
  for (let i = n; i < rows; i++) v128.store(work + (usize(i) << 4), i32x4.splat(0))
  sortAll(work, rows, sorted)

  const lower = at(sorted, (rows - 1) >> 1)
  const upper = at(sorted, rows >> 1)
  const twiceLow = f64x2.add(Wide.low(lower), Wide.low(upper))
  const twiceHigh = f64x2.add(Wide.high(lower), Wide.high(upper))
  let startLow = i64x2.splat(0)
  let startHigh = i64x2.splat(0)
  for (let s = 0; s < dropped; s++) {
    const lost = at(sorted, s)
    const gained = at(sorted, s + kept)
    const movesLow = f64x2.lt(f64x2.add(Wide.low(lost), Wide.low(gained)), twiceLow)
    const movesHigh = f64x2.lt(f64x2.add(Wide.high(lost), Wide.high(gained)), twiceHigh)
    if (!v128.any_true(v128.or(movesLow, movesHigh))) break
    startLow = i64x2.sub(startLow, movesLow)
    startHigh = i64x2.sub(startHigh, movesHigh)
  }

  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let i = 0; i < dropped; i++) {
    const x = at(sorted, i)
    low = f64x2.add(low, v128.and(Wide.low(x), i64x2.ge_s(i64x2.splat(i), startLow)))
    high = f64x2.add(high, v128.and(Wide.high(x), i64x2.ge_s(i64x2.splat(i), startHigh)))
  }
  for (let i = dropped; i < kept; i++) {
    const x = at(sorted, i)
    low = f64x2.add(low, Wide.low(x))
    high = f64x2.add(high, Wide.high(x))
  }
  for (let i = kept; i < rows; i++) {
    const x = at(sorted, i)
    low = f64x2.add(low, v128.and(Wide.low(x), i64x2.lt_s(i64x2.splat(i - kept), startLow)))
    high = f64x2.add(high, v128.and(Wide.high(x), i64x2.lt_s(i64x2.splat(i - kept), startHigh)))
  }
  return Wide.quotient(low, high, kept)
}

function at(sorted: usize, rank: i32): v128 {
  return Lanes.toKey(v128.load(sorted + (usize(rank) << 4)))
}
