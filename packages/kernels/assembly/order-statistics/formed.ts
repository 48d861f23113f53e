import { Lanes } from './lanes'
import { meanOfBounds, signedMean } from './means'
import { rankBytes } from './rank'

/** Columns that are taken from the rows at a time. */
const tile = 32

export function workBytes(rows: i32): usize {
  return (usize(rows) << 4) * (tile / 4 + 1) + rankBytes(rows)
}

/**
 * The statistic of columns from…to, into `result` [columns].
 *
 * @returns whether all values of these columns are finite; where not, the results are worth nothing
 */
export function reduce(
  statistic: i32,
  values: usize,
  rows: i32,
  columns: i32,
  lower: i32,
  upper: i32,
  result: usize,
  from: i32,
  to: i32,
  work: usize,
): bool {
  if (rows === 3 && lower === 1 && upper === 1) return medianOfThree(values, columns, result, from, to)
  const vectors = usize(rows) << 4
  const rest = work + (tile / 4) * vectors
  for (let start = from; start < to; start += tile) {
    const width = min(tile, to - start)
    if (!takeTile(values + (usize(start) << 2), rows, columns, width, work)) return false
    for (let j = 0; j < width; j += 4) {
      const mean = signedMean(statistic, work + (usize(j) >> 2) * vectors, rows, 0, lower, upper, rest)
      Lanes.store(result + (usize(start + j) << 2), 4, mean, min(4, width - j))
    }
  }
  return true
}

/** Each four columns of a tile side by side. Returns whether all are finite. */
function takeTile(values: usize, rows: i32, columns: i32, width: i32, to: usize): bool {
  const vectors = usize(rows) << 4
  let largest = i32x4.splat(0)
  for (let i = 0; i < rows; i++) {
    let at = to
    for (let j = 0; j < width; j += 4) {
      const x = Lanes.load(values + (usize(j) << 2), min(4, width - j))
      largest = i32x4.max_s(largest, Sizes.of(x))
      v128.store(at, x)
      at += vectors
    }
    to += 16
    values += usize(columns) << 2
  }
  return Sizes.areFinite(largest)
}

function medianOfThree(values: usize, columns: i32, result: usize, from: i32, to: i32): bool {
  const step = usize(columns) << 2
  let largest = i32x4.splat(0)
  for (let j = from; j < to; j += 4) {
    const lanes = min(4, to - j)
    const at = values + (usize(j) << 2)
    const a = Lanes.load(at, lanes)
    const b = Lanes.load(at + step, lanes)
    const c = Lanes.load(at + 2 * step, lanes)
    largest = i32x4.max_s(largest, i32x4.max_s(Sizes.of(a), i32x4.max_s(Sizes.of(b), Sizes.of(c))))
    const middle = f32x4.pmax(f32x4.pmin(a, b), f32x4.pmin(f32x4.pmax(a, b), c))
    const mean = meanOfBounds(middle, middle, 1)
    if (lanes === 4) v128.store(result + (usize(j) << 2), mean)
    else Lanes.store(result + (usize(j) << 2), 4, mean, lanes)
  }
  return Sizes.areFinite(largest)
}

class Sizes {
  @inline static of(x: v128): v128 {
    return v128.and(x, i32x4.splat(0x7fffffff))
  }

  @inline static areFinite(largest: v128): bool {
    return !v128.any_true(i32x4.ge_s(largest, i32x4.splat(0x7f800000)))
  }
}
