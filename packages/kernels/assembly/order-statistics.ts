import { signedMean, isOfBounds, meanOfBounds, meanOfSides, winsorized } from './order-statistics/means'
import { rankBytes, valueOfRank } from './order-statistics/rank'

/*
 * Order statistics of the columns of m rows: four columns at a time, one in each lane. The results are the bits of the
 * TypeScript kernels. Memory: every pointer is the caller's and a multiple of 16; `work` has room for what the `…Bytes`
 * functions say.
 */

/** The size of the largest number, as bits: 0x7f800000 and more where one isn't finite. */
export function largestSize(values: usize, count: i32): i32 {
  const sizes = i32x4.splat(0x7fffffff)
  let largest = i32x4.splat(0)
  const end = values + (usize(count & ~3) << 2)
  const last = values + (usize(count) << 2)
  for (; values < end; values += 16) largest = i32x4.max_s(largest, v128.and(v128.load(values), sizes))
  for (; values < last; values += 4) largest = i32x4.max_s(largest, v128.and(v128.load32_zero(values), sizes))
  return max(
    max(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  )
}

/** Whether every outer product of a row is finite: its factors are, and so is the product of their largest sizes. */
export function areFactorsFinite(activations: usize, deltas: usize, rows: i32, inputs: i32, outputs: i32): bool {
  for (let i = 0; i < rows; i++) {
    const a = largestSize(activations, inputs)
    const b = largestSize(deltas, outputs)
    const product = reinterpret<f32>(a) * reinterpret<f32>(b)
    if (a >= 0x7f800000 || b >= 0x7f800000 || !(product < Infinity)) return false
    activations += usize(inputs) << 2
    deltas += usize(outputs) << 2
  }
  return true
}

/** Rows as bits of 64-bit words. */
class Words {
  @inline static count(rows: i32): i32 {
    return (rows + 63) >> 6
  }
}

/** Bytes for {@link turnDeltas}: each output's deltas side by side, and the bits of its rows above and below zero. */
export function turnedBytes(rows: i32, outputs: i32): usize {
  return usize(outputs) * (usize((rows + 3) & ~3) * 4 + usize(Words.count(rows)) * 16)
}

/** Turns the deltas, so that what one output needs lies side by side. */
export function turnDeltas(deltas: usize, rows: i32, outputs: i32, turned: usize): void {
  const words = Words.count(rows)
  const width = usize((rows + 3) & ~3) << 2
  const signs = turned + usize(outputs) * width
  memory.fill(signs, 0, usize(outputs) * usize(words) * 16)
  for (let i = 0; i < rows; i++) {
    const bit = u64(1) << (i & 63)
    for (let b = 0; b < outputs; b++) {
      const delta = load<f32>(deltas)
      deltas += 4
      store<f32>(turned + usize(b) * width + (usize(i) << 2), delta)
      const word = signs + ((usize(b) * usize(words) + usize(i >> 6)) << 4)
      store<u64>(word, load<u64>(word) | (delta > 0 ? bit : 0))
      store<u64>(word, load<u64>(word, 8) | (delta < 0 ? bit : 0), 8)
    }
  }
}

/** Bytes that {@link reduceFactored} works in. */
export function factoredWorkBytes(rows: i32): usize {
  const vectors = usize(rows) << 4
  return ((usize(Words.count(rows)) + 1) & ~1) * 8 + vectors * 4 + rankBytes(rows)
}

/**
 * The statistic of the columns of inputs from…to and all outputs, into `result` [inputs, outputs].
 *
 * Lanes are four inputs; the rows of an output are taken apart by the sign of their delta. As long as no activation is
 * below zero, as after a ReLU, all lanes of a row then lie on the same side, each row goes to one side only, and the rows
 * that are zero on all lanes go to none.
 */
export function reduceFactored(
  statistic: i32,
  activations: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  lower: i32,
  upper: i32,
  turned: usize,
  result: usize,
  from: i32,
  to: i32,
  work: usize,
): void {
  const words = Words.count(rows)
  const width = usize((rows + 3) & ~3) << 2
  const signs = turned + usize(outputs) * width
  const vectors = usize(rows) << 4
  const visited = work
  const packed = visited + ((usize(words) + 1) & ~1) * 8
  const above = packed + vectors
  const below = above + vectors
  const rest = below + vectors
  const outside = rows - 1 - upper
  const ofBounds = isOfBounds(statistic, lower, upper)
  memory.fill(result + ((usize(from) * usize(outputs)) << 2), 0, (usize(to - from) * usize(outputs)) << 2)

  for (let a = from; a < to; a += 4) {
    const lanes = min(4, to - a)
    const signed = pack(activations + (usize(a) << 2), rows, inputs, lanes, packed, visited)
    for (let b = 0; b < outputs; b++) {
      const deltas = turned + usize(b) * width
      const bits = signs + ((usize(b) * usize(words)) << 4)
      let countAbove = 0
      let countBelow = 0
      for (let w: usize = 0; w < usize(words); w++) {
        const rowsVisited = load<u64>(visited + (w << 3))
        countAbove += i32(popcnt(rowsVisited & load<u64>(bits + (w << 4))))
        countBelow += i32(popcnt(rowsVisited & load<u64>(bits + (w << 4), 8)))
      }
      let mean: v128
      if (signed) {
        const n = countAbove + countBelow
        if (n <= lower && n <= outside) continue
        gatherSigned(packed, deltas, visited, bits, words, below)
        mean = signedMean(statistic, below, n, rows - n, lower, upper, rest)
      } else {
        // Both bounds are zero, and so is what lies between them.
        if (countBelow <= lower && countAbove <= outside) continue
        const zerosFrom = countBelow
        const zerosTo = rows - countAbove
        if (ofBounds) {
          gatherSides(packed, deltas, visited, bits, words, above, below)
          mean = meanOfBounds(
            sideRank(above, countAbove, below, countBelow, rows, lower, rest),
            lower === upper ? f32x4.splat(0) : sideRank(above, countAbove, below, countBelow, rows, upper, rest),
            upper - lower + 1,
          )
        } else if (statistic === winsorized && lower < zerosTo && upper >= zerosFrom) {
          let mostAbove = f32x4.splat(0)
          let mostBelow = mostAbove
          let visitedAbove = 0
          let visitedBelow = 0
          if (countAbove > outside) {
            gather(packed, deltas, visited, bits, words, above)
            mostAbove = valueOfRank(above, countAbove, countAbove - 1 - outside, rest)
            visitedAbove = countAbove
          }
          if (countBelow > lower) {
            gather(packed, deltas, visited, bits + 8, words, below)
            negate(below, countBelow)
            mostBelow = valueOfRank(below, countBelow, countBelow - 1 - lower, rest)
            visitedBelow = countBelow
          }
          mean = meanOfSides(above, visitedAbove, mostAbove, below, visitedBelow, mostBelow, rows)
        } else {
          gatherSigned(packed, deltas, visited, bits, words, below)
          const n = countAbove + countBelow
          mean = signedMean(statistic, below, n, rows - n, lower, upper, rest)
        }
      }
      storeLanes(result + ((usize(a) * usize(outputs) + usize(b)) << 2), usize(outputs) << 2, mean, lanes)
    }
  }
}

/**
 * Four activations of each row side by side, a zero as +0, and the bits of the rows that have one that isn't zero.
 *
 * @returns whether one is below zero
 */
function pack(activations: usize, rows: i32, inputs: i32, lanes: i32, packed: usize, visited: usize): bool {
  let negative = i32x4.splat(0)
  let word: u64 = 0
  for (let i = 0; i < rows; i++) {
    let x: v128
    if (lanes === 4) x = v128.load(activations)
    else {
      x = v128.load32_zero(activations)
      if (lanes > 1) x = v128.load_lane<f32>(activations, x, 1, 4)
      if (lanes > 2) x = v128.load_lane<f32>(activations, x, 2, 8)
    }
    x = f32x4.add(x, f32x4.splat(0))
    v128.store(packed, x)
    negative = v128.or(negative, x)
    if (v128.any_true(x)) word |= u64(1) << (i & 63)
    if ((i & 63) === 63 || i === rows - 1) {
      store<u64>(visited, word)
      visited += 8
      word = 0
    }
    packed += 16
    activations += usize(inputs) << 2
  }
  return i32x4.bitmask(negative) !== 0
}

/** The products of the rows that are visited and have their bit at `bits`, in their order. */
function gather(packed: usize, deltas: usize, visited: usize, bits: usize, words: i32, to: usize): void {
  for (let w: usize = 0; w < usize(words); w++) {
    let left = load<u64>(visited + (w << 3)) & load<u64>(bits + (w << 4))
    while (left !== 0) {
      const i = usize(ctz(left))
      left &= left - 1
      v128.store(to, f32x4.mul(v128.load(packed + (i << 4)), v128.load32_splat(deltas + (i << 2))))
      to += 16
    }
    packed += 1024
    deltas += 256
  }
}

function gatherSigned(packed: usize, deltas: usize, visited: usize, bits: usize, words: i32, to: usize): void {
  for (let w: usize = 0; w < usize(words); w++) {
    let left = load<u64>(visited + (w << 3)) & (load<u64>(bits + (w << 4)) | load<u64>(bits + (w << 4), 8))
    while (left !== 0) {
      const i = usize(ctz(left))
      left &= left - 1
      v128.store(to, f32x4.mul(v128.load(packed + (i << 4)), v128.load32_splat(deltas + (i << 2))))
      to += 16
    }
    packed += 1024
    deltas += 256
  }
}

function gatherSides(
  packed: usize,
  deltas: usize,
  visited: usize,
  bits: usize,
  words: i32,
  above: usize,
  below: usize,
): void {
  gather(packed, deltas, visited, bits, words, above)
  gather(packed, deltas, visited, bits + 8, words, below)
}

/** Values below zero as their sizes. */
function negate(values: usize, n: i32): void {
  const end = values + (usize(n) << 4)
  for (; values < end; values += 16) v128.store(values, f32x4.neg(v128.load(values)))
}

/** The value of rank `rank` of columns whose values above zero are given apart from those below. */
function sideRank(
  above: usize,
  countAbove: i32,
  below: usize,
  countBelow: i32,
  rows: i32,
  rank: i32,
  work: usize,
): v128 {
  // The bits of numbers below zero are in the opposite order.
  if (rank < countBelow) return valueOfRank(below, countBelow, countBelow - 1 - rank, work)
  if (rank < rows - countAbove) return f32x4.splat(0)
  return valueOfRank(above, countAbove, rank - (rows - countAbove), work)
}

function storeLanes(to: usize, step: usize, x: v128, lanes: i32): void {
  v128.store_lane<f32>(to, x, 0)
  if (lanes > 1) v128.store_lane<f32>(to + step, x, 1)
  if (lanes > 2) v128.store_lane<f32>(to + 2 * step, x, 2)
  if (lanes > 3) v128.store_lane<f32>(to + 3 * step, x, 3)
}

/** Columns that are taken from the rows at a time. */
const tile = 32

/** Bytes that {@link reduceFormed} works in. */
export function formedWorkBytes(rows: i32): usize {
  return (usize(rows) << 4) * (tile / 4 + 1) + rankBytes(rows)
}

/**
 * The statistic of columns from…to, into `result` [columns].
 *
 * @returns whether all values of these columns are finite; where not, the results are worth nothing
 */
export function reduceFormed(
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
  const vectors = usize(rows) << 4
  const rest = work + (tile / 4) * vectors
  for (let start = from; start < to; start += tile) {
    const width = min(tile, to - start)
    if (!takeTile(values + (usize(start) << 2), rows, columns, width, work)) return false
    for (let j = 0; j < width; j += 4) {
      const mean = signedMean(statistic, work + (usize(j) >> 2) * vectors, rows, 0, lower, upper, rest)
      storeLanes(result + (usize(start + j) << 2), 4, mean, min(4, width - j))
    }
  }
  return true
}

/** Each four columns of a tile side by side. Returns whether all are finite. */
function takeTile(values: usize, rows: i32, columns: i32, width: i32, to: usize): bool {
  const sizes = i32x4.splat(0x7fffffff)
  const vectors = usize(rows) << 4
  const whole = usize(width & ~3)
  const left = width & 3
  let largest = i32x4.splat(0)
  for (let i = 0; i < rows; i++) {
    let at = to
    for (let j: usize = 0; j < whole; j += 4) {
      const x = v128.load(values + (j << 2))
      largest = i32x4.max_s(largest, v128.and(x, sizes))
      v128.store(at, x)
      at += vectors
    }
    if (left > 0) {
      const last = values + (whole << 2)
      let x = v128.load32_zero(last)
      if (left > 1) x = v128.load_lane<f32>(last, x, 1, 4)
      if (left > 2) x = v128.load_lane<f32>(last, x, 2, 8)
      largest = i32x4.max_s(largest, v128.and(x, sizes))
      v128.store(at, x)
    }
    to += 16
    values += usize(columns) << 2
  }
  return !v128.any_true(i32x4.ge_s(largest, i32x4.splat(0x7f800000)))
}
