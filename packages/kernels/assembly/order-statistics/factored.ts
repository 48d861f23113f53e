import { Lanes } from './lanes'
import { isOfBounds, meanOfBounds, signedMean, Wide, winsorized } from './means'
import { fromEndOfRuns, needsRuns, rankBytes, valueOfRank } from './rank'
import { sortProducts, sortWholeRuns } from './sort-runs'
import { Turned } from './turned'

/** Where things lie in the room to work in. Each list of vectors has room for eight more. */
class Work {
  @inline static list(rows: i32): usize {
    return (usize(rows) + 8) << 4
  }

  /** The bits of the rows that have an activation in these lanes that isn't zero. */
  @inline static visited(work: usize): usize {
    return work
  }

  /** Four activations of each row, and a vector of zeros. */
  @inline static packed(work: usize, rows: i32): usize {
    return work + ((Turned.words(rows) + 1) & ~1) * 8
  }

  @inline static above(work: usize, rows: i32): usize {
    return Work.packed(work, rows) + Work.list(rows)
  }

  @inline static below(work: usize, rows: i32): usize {
    return Work.above(work, rows) + Work.list(rows)
  }

  /** For what `signedMean` and `valueOfRank` work in. */
  @inline static rest(work: usize, rows: i32): usize {
    return Work.below(work, rows) + Work.list(rows)
  }

  @inline static bytes(rows: i32): usize {
    return Work.rest(0, rows) + Work.list(rows) + rankBytes(rows + 8)
  }
}

export function workBytes(rows: i32): usize {
  return Work.bytes(rows)
}

/**
 * The statistic of the columns of inputs from…to and all outputs, into `result` [inputs, outputs].
 *
 * Lanes are four inputs; the rows of an output are taken apart by the sign of their delta. As long as no activation is
 * below zero, as after a ReLU, all lanes of a row lie on the same side of zero: each row goes to one side only.
 */
export function reduce(
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
  const outside = rows - 1 - upper
  const ofSums = statistic === winsorized && !isOfBounds(statistic, lower, upper)
  const step = usize(outputs) << 2
  memory.fill(result + usize(from) * step, 0, usize(to - from) * step)
  for (let a = from; a < to; a += 4) {
    const lanes = min(4, to - a)
    const signed = pack(activations + (usize(a) << 2), rows, inputs, lanes, work)
    const visited = countVisited(rows, work)
    if (visited <= lower && visited <= outside) continue
    const tile = result + usize(a) * step
    if (ofSums && !signed) {
      reduceBySums(rows, outputs, lower, upper, turned, visited, tile, lanes, work)
    } else {
      for (let b: usize = 0; b < usize(outputs); b++) {
        const mean = reduceOne(statistic, signed, rows, outputs, lower, upper, turned, b, work)
        Lanes.store(tile + (b << 2), step, mean, lanes)
      }
    }
  }
}

/**
 * Four activations of each row side by side, a zero as +0, and the bits of the rows that have one that isn't zero.
 *
 * @returns whether one is below zero
 */
function pack(activations: usize, rows: i32, inputs: i32, lanes: i32, work: usize): bool {
  let visited = Work.visited(work)
  const packed = Work.packed(work, rows)
  let negative = i32x4.splat(0)
  let word: u64 = 0
  for (let i = 0; i < rows; i++) {
    const x = f32x4.add(Lanes.load(activations, lanes), f32x4.splat(0))
    v128.store(packed + (usize(i) << 4), x)
    negative = v128.or(negative, x)
    word |= u64(v128.any_true(x)) << (i & 63)
    if ((i & 63) === 63 || i === rows - 1) {
      store<u64>(visited, word)
      visited += 8
      word = 0
    }
    activations += usize(inputs) << 2
  }
  v128.store(packed + (usize(rows) << 4), f32x4.splat(0))
  return i32x4.bitmask(negative) !== 0
}

function countVisited(rows: i32, work: usize): i32 {
  let count: u64 = 0
  for (let w: usize = 0; w < Turned.words(rows); w++) count += popcnt(load<u64>(Work.visited(work) + (w << 3)))
  return i32(count)
}

/** How many rows are visited and have their bit at `bits`. */
class Visited {
  @inline static count(bits: usize, words: usize, work: usize): i32 {
    let count = popcnt(load<u64>(work) & load<u64>(bits))
    if (words > 1) count += popcnt(load<u64>(work, 8) & load<u64>(bits, 16))
    for (let w: usize = 2; w < words; w++) count += popcnt(load<u64>(work + (w << 3)) & load<u64>(bits + (w << 4)))
    return i32(count)
  }
}

/**
 * Winsorized means of all outputs in four lanes without negative activations: what lies above zero, summed as far as the
 * upper bound allows, minus what lies below. Where neither side reaches its bound both bounds are zero, and the mean is.
 */
function reduceBySums(
  rows: i32,
  outputs: i32,
  lower: i32,
  upper: i32,
  turned: usize,
  visited: i32,
  tile: usize,
  lanes: i32,
  work: usize,
): void {
  const outside = rows - 1 - upper
  const words = Turned.words(rows)
  const packed = Work.packed(work, rows)
  const above = Work.above(work, rows)
  const below = Work.below(work, rows)
  const rest = Work.rest(work, rows)
  const recordsBytes = Turned.recordsBytes(rows)
  const step = usize(outputs) << 2
  let counts = Turned.counts(turned, rows, outputs, 0)
  let bits = Turned.bits(turned, rows, outputs, 0)
  let deltas = Turned.deltas(turned, rows, 0)
  let records = Turned.records(turned, rows, outputs, 0, 0)
  // Visiting a row in vain costs less than finding out.
  const all = visited * 8 > rows * 5
  for (let b: usize = 0; b < usize(outputs); b++) {
    let countAbove = load<i32>(counts)
    let countBelow = load<i32>(counts, 4)
    if (countAbove >= rows - lower || countBelow > upper) {
      // A bound may lie on the other side of zero.
      const mean = reduceOne(winsorized, false, rows, outputs, lower, upper, turned, b, work)
      Lanes.store(tile + (b << 2), step, mean, lanes)
    } else {
      if (!all) {
        countAbove = Visited.count(bits, words, work)
        countBelow = Visited.count(bits + 8, words, work)
      }
      if (countAbove > outside || countBelow > lower) {
        let mostAbove = f32x4.splat(0)
        let mostBelow = mostAbove
        let endAbove = above
        let endBelow = below
        if (countAbove > outside) {
          if (all) mostAbove = boundOfAll(records, countAbove, outside, packed, above, rest)
          else if (outside < 3) mostAbove = gatherFew(bits, words, deltas, work, rows, outside, countAbove, above)
          else {
            gather(bits, 0, words, deltas, work, rows, above)
            mostAbove = boundOfValues(countAbove, outside, 0, above, rest)
          }
          endAbove = above + (usize((countAbove + 7) & ~7) << 4)
        }
        if (countBelow > lower) {
          if (all) mostBelow = boundOfAll(records + recordsBytes, countBelow, lower, packed, below, rest)
          else if (lower < 3) mostBelow = gatherFew(bits + 8, words, deltas, work, rows, lower, countBelow, below)
          else {
            gather(bits + 8, 0, words, deltas, work, rows, below)
            mostBelow = boundOfValues(countBelow, lower, 1, below, rest)
          }
          endBelow = below + (usize((countBelow + 7) & ~7) << 4)
        }
        const mean = meanOfSides(above, endAbove, mostAbove, below, endBelow, mostBelow, rows)
        Lanes.store(tile + (b << 2), step, mean, lanes)
      }
    }
    counts += 16
    bits += words << 4
    deltas += Turned.deltasBytes(rows)
    records += 2 * recordsBytes
  }
}

/**
 * The products of a side's records into `values`, filled up with zeros to a multiple of eight, and the value among them of
 * rank `rank` from the far end.
 */
function boundOfAll(records: usize, count: i32, rank: i32, packed: usize, values: usize, work: usize): v128 {
  const padded = (count + 7) & ~7
  if (rank < 3) return multiplyFew(records, padded, packed, rank, values)
  const near = min(rank, padded - 1 - rank)
  if (needsRuns(near)) {
    sortProducts(records, padded, packed, values, work)
    return boundOfRuns(padded, rank, work)
  }
  multiply(records, padded, packed, values)
  return valueOfRank(values, padded, padded - 1 - rank, work)
}

/** The same of values that are there already. Makes sizes of those of side 1. */
function boundOfValues(count: i32, rank: i32, side: i32, values: usize, work: usize): v128 {
  fillUp(values, count, side)
  const padded = (count + 7) & ~7
  const near = min(rank, padded - 1 - rank)
  if (needsRuns(near)) {
    sortWholeRuns(values, padded, work)
    return boundOfRuns(padded, rank, work)
  }
  return valueOfRank(values, padded, padded - 1 - rank, work)
}

function boundOfRuns(count: i32, rank: i32, runs: usize): v128 {
  const fromZero = count - 1 - rank
  return rank <= fromZero ? fromEndOfRuns<i32>(runs, count, rank) : fromEndOfRuns<u32>(runs, count, fromZero)
}

/** (1/rows)(Σ min(x, mostAbove) − Σ min(x, mostBelow)), as far as there are two, both at once: adding has to wait. */
function meanOfSides(
  above: usize,
  endAbove: usize,
  mostAbove: v128,
  below: usize,
  endBelow: usize,
  mostBelow: v128,
  rows: i32,
): v128 {
  let aboveLow = f64x2.splat(0)
  let aboveHigh = aboveLow
  let belowLow = aboveLow
  let belowHigh = aboveLow
  const both = min(endAbove - above, endBelow - below)
  const endBoth = above + both
  const gap = below - above
  for (; above < endBoth; above += 32) {
    const x = f32x4.pmin(v128.load(above), mostAbove)
    const y = f32x4.pmin(v128.load(above + gap), mostBelow)
    aboveLow = f64x2.add(aboveLow, Wide.low(x))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(x))
    belowLow = f64x2.add(belowLow, Wide.low(y))
    belowHigh = f64x2.add(belowHigh, Wide.high(y))
    const v = f32x4.pmin(v128.load(above, 16), mostAbove)
    const w = f32x4.pmin(v128.load(above + gap, 16), mostBelow)
    aboveLow = f64x2.add(aboveLow, Wide.low(v))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(v))
    belowLow = f64x2.add(belowLow, Wide.low(w))
    belowHigh = f64x2.add(belowHigh, Wide.high(w))
  }
  below += both
  for (; above < endAbove; above += 16) {
    const x = f32x4.pmin(v128.load(above), mostAbove)
    aboveLow = f64x2.add(aboveLow, Wide.low(x))
    aboveHigh = f64x2.add(aboveHigh, Wide.high(x))
  }
  for (; below < endBelow; below += 16) {
    const x = f32x4.pmin(v128.load(below), mostBelow)
    belowLow = f64x2.add(belowLow, Wide.low(x))
    belowHigh = f64x2.add(belowHigh, Wide.high(x))
  }
  return Wide.quotient(f64x2.sub(aboveLow, belowLow), f64x2.sub(aboveHigh, belowHigh), rows)
}

/** The products of the rows that are visited and have their bit at `bits`, or at `bits + 8` for both sides, in order. */
function gather(bits: usize, both: i32, words: usize, deltas: usize, work: usize, rows: i32, to: usize): void {
  let packed = Work.packed(work, rows)
  for (let w: usize = 0; w < words; w++) {
    let left = load<u64>(bits + (w << 4))
    if (both) left |= load<u64>(bits + (w << 4), 8)
    left &= load<u64>(work + (w << 3))
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

/** As `multiply`, and the value of rank `rank` < 3 from the highest. */
function multiplyFew(records: usize, count: i32, packed: usize, rank: i32, to: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  const end = records + (usize(count) << 3)
  for (; records < end; records += 8) {
    const x = f32x4.mul(v128.load(packed + load<u32>(records)), v128.load32_splat(records, 4))
    v128.store(to, x)
    to += 16
    const y = Lanes.lo<i32>(a, x)
    a = Lanes.hi<i32>(a, x)
    if (rank > 1) c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
    b = Lanes.hi<i32>(b, y)
  }
  return rank === 0 ? a : rank === 1 ? b : c
}

/** As `gather` for one side, of sizes, filled up with zeros, and the value of rank `rank` < 3 from the highest. */
function gatherFew(
  bits: usize,
  words: usize,
  deltas: usize,
  work: usize,
  rows: i32,
  rank: i32,
  count: i32,
  to: usize,
): v128 {
  let packed = Work.packed(work, rows)
  let a = i32x4.splat(0)
  let b = a
  let c = a
  const end = to + (usize(count) << 4)
  for (let i: usize = 0; i < 128; i += 16) v128.store(end + i, f32x4.splat(0))
  for (let w: usize = 0; w < words; w++) {
    let left = load<u64>(bits + (w << 4)) & load<u64>(work + (w << 3))
    while (left !== 0) {
      const i = usize(ctz(left))
      left &= left - 1
      const x = f32x4.abs(f32x4.mul(v128.load(packed + (i << 4)), v128.load32_splat(deltas + (i << 2))))
      v128.store(to, x)
      to += 16
      const y = Lanes.lo<i32>(a, x)
      a = Lanes.hi<i32>(a, x)
      if (rank > 1) c = Lanes.hi<i32>(c, Lanes.lo<i32>(b, y))
      b = Lanes.hi<i32>(b, y)
    }
    packed += 1024
    deltas += 256
  }
  return rank === 0 ? a : rank === 1 ? b : c
}

/** Makes sizes of the values of side 1, and appends zeros as far as the next multiple of eight. */
function fillUp(values: usize, count: i32, side: i32): void {
  const end = values + (usize(count) << 4)
  for (let i: usize = 0; i < 128; i += 16) v128.store(end + i, f32x4.splat(0))
  if (side === 0) return
  for (; values < end; values += 16) v128.store(values, f32x4.abs(v128.load(values)))
}

function multiply(records: usize, count: i32, packed: usize, to: usize): void {
  const end = records + (usize(count) << 3)
  for (; records < end; records += 8) {
    v128.store(to, f32x4.mul(v128.load(packed + load<u32>(records)), v128.load32_splat(records, 4)))
    to += 16
  }
}

/** The statistic of one output in four lanes, whatever the signs, wherever the bounds lie. */
function reduceOne(
  statistic: i32,
  signed: bool,
  rows: i32,
  outputs: i32,
  lower: i32,
  upper: i32,
  turned: usize,
  b: usize,
  work: usize,
): v128 {
  const outside = rows - 1 - upper
  const words = Turned.words(rows)
  const bits = Turned.bits(turned, rows, outputs, b)
  const deltas = Turned.deltas(turned, rows, b)
  const above = Work.above(work, rows)
  const below = Work.below(work, rows)
  const rest = Work.rest(work, rows)
  const countAbove = Visited.count(bits, words, work)
  const countBelow = Visited.count(bits + 8, words, work)
  const count = countAbove + countBelow
  if (!signed && isOfBounds(statistic, lower, upper)) {
    if (countBelow <= lower && countAbove <= outside) return f32x4.splat(0)
    gather(bits, 0, words, deltas, work, rows, above)
    gather(bits + 8, 0, words, deltas, work, rows, below)
    fillUp(below, countBelow, 1)
    const least = rankOfSides(above, countAbove, below, countBelow, rows, lower, rest)
    const most = lower === upper ? least : rankOfSides(above, countAbove, below, countBelow, rows, upper, rest)
    return meanOfBounds(least, most, upper - lower + 1)
  }
  if (count <= lower && count <= outside) return f32x4.splat(0)
  gather(bits, 1, words, deltas, work, rows, below)
  return signedMean(statistic, below, count, rows - count, lower, upper, rest)
}

/** The value of rank `rank` of columns whose values above zero are given apart from the sizes of those below. */
function rankOfSides(
  above: usize,
  countAbove: i32,
  below: usize,
  countBelow: i32,
  rows: i32,
  rank: i32,
  work: usize,
): v128 {
  if (rank < countBelow) return f32x4.neg(valueOfRank(below, countBelow, countBelow - 1 - rank, work))
  if (rank < rows - countAbove) return f32x4.splat(0)
  return valueOfRank(above, countAbove, rank - (rows - countAbove), work)
}
