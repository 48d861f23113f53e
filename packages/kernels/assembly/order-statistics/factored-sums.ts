import { reduceOne } from './factored-one'
import { fillUp, gather, gatherFew, multiply, multiplyFew } from './factored-products'
import { Visited, Work } from './factored-work'
import { Grid } from './grid'
import { Lanes } from './lanes'
import { winsorized } from './means'
import { fromEndOfRuns, needsRuns, valueOfRank } from './rank'
import { sortProducts, sortWholeRuns } from './sort-runs'
import { Turned } from './turned'
import { Wide } from './wide'

/**
 * Winsorized means of all outputs in four lanes without negative activations: what lies above zero, summed as far as the
 * upper bound allows, minus what lies below. Where neither side reaches its bound both bounds are zero, and the mean is.
 */
export function reduceBySums(
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
  const all = visited * 2 > rows
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
            mostAbove = boundOfValues(countAbove, outside, above, rest)
          }
          endAbove = above + (usize((countAbove + 7) & ~7) << 4)
        }
        if (countBelow > lower) {
          if (all) mostBelow = boundOfAll(records + recordsBytes, countBelow, lower, packed, below, rest)
          else if (lower < 3) mostBelow = gatherFew(bits + 8, words, deltas, work, rows, lower, countBelow, below)
          else {
            gather(bits + 8, 0, words, deltas, work, rows, below)
            mostBelow = boundOfValues(countBelow, lower, below, rest)
          }
          endBelow = below + (usize((countBelow + 7) & ~7) << 4)
        }
        const power = Grid.above(i32x4.max_s(mostAbove, mostBelow))
        const mean = v128.any_true(i32x4.eq(power, f32x4.splat(Infinity)))
          ? reduceOne(winsorized, false, rows, outputs, lower, upper, turned, b, work)
          : meanOfSides(above, endAbove, mostAbove, below, endBelow, mostBelow, power, rows)
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
 * The products of a side's records into `values`, filled up with zeros to a multiple of eight, in no order that is told, and
 * the value among them of rank `rank` from the far end.
 */
function boundOfAll(records: usize, count: i32, rank: i32, packed: usize, values: usize, work: usize): v128 {
  const padded = (count + 7) & ~7
  if (rank < 3) return multiplyFew(records, padded, packed, rank, values)
  const near = min(rank, padded - 1 - rank)
  if (needsRuns(near)) {
    sortProducts(records, padded, packed, values)
    return boundOfRuns(padded, rank, values)
  }
  multiply(records, padded, packed, values)
  return valueOfRank(values, padded, padded - 1 - rank, work)
}

/** The same of values that are there already. */
function boundOfValues(count: i32, rank: i32, values: usize, work: usize): v128 {
  fillUp(values, count)
  const padded = (count + 7) & ~7
  const near = min(rank, padded - 1 - rank)
  if (needsRuns(near)) {
    sortWholeRuns(values, padded, values)
    return boundOfRuns(padded, rank, values)
  }
  return valueOfRank(values, padded, padded - 1 - rank, work)
}

function boundOfRuns(count: i32, rank: i32, runs: usize): v128 {
  const fromZero = count - 1 - rank
  return rank <= fromZero ? fromEndOfRuns<i32>(runs, count, rank) : fromEndOfRuns<u32>(runs, count, fromZero)
}

/** (1/rows)(Σ min(x, mostAbove) − Σ min(x, mostBelow)), rounded to the {@link Grid} of the larger bound. */
function meanOfSides(
  above: usize,
  endAbove: usize,
  mostAbove: v128,
  below: usize,
  endBelow: usize,
  mostBelow: v128,
  power: v128,
  rows: i32,
): v128 {
  if (rows > Grid.most) return meanOfLongSides(above, endAbove, mostAbove, below, endBelow, mostBelow, power, rows)
  const sum = i32x4.sub(sumOfBits(above, endAbove, mostAbove, power), sumOfBits(below, endBelow, mostBelow, power))
  return Grid.quotient(Wide.lowOfCounts(sum), Wide.highOfCounts(sum), power, rows)
}

function meanOfLongSides(
  above: usize,
  endAbove: usize,
  mostAbove: v128,
  below: usize,
  endBelow: usize,
  mostBelow: v128,
  power: v128,
  rows: i32,
): v128 {
  let low = f64x2.splat(0)
  let high = low
  for (; above < endAbove; above += usize(Grid.most) << 4) {
    const sum = sumOfBits(above, min(above + (usize(Grid.most) << 4), endAbove), mostAbove, power)
    low = f64x2.add(low, Wide.lowOfCounts(sum))
    high = f64x2.add(high, Wide.highOfCounts(sum))
  }
  for (; below < endBelow; below += usize(Grid.most) << 4) {
    const sum = sumOfBits(below, min(below + (usize(Grid.most) << 4), endBelow), mostBelow, power)
    low = f64x2.sub(low, Wide.lowOfCounts(sum))
    high = f64x2.sub(high, Wide.highOfCounts(sum))
  }
  return Grid.quotient(low, high, power, rows)
}

/** Σ min(x, most), counted in units of the grid, of vectors in a multiple of eight, at most `Grid.most`. */
function sumOfBits(values: usize, end: usize, most: v128, power: v128): v128 {
  let sum = i32x4.mul(power, i32x4.splat(-i32((end - values) >> 4)))
  for (; values < end; values += 128) {
    const a = Grid.bits(f32x4.pmin(v128.load(values, 0), most), power)
    const b = Grid.bits(f32x4.pmin(v128.load(values, 16), most), power)
    const c = Grid.bits(f32x4.pmin(v128.load(values, 32), most), power)
    const d = Grid.bits(f32x4.pmin(v128.load(values, 48), most), power)
    const e = Grid.bits(f32x4.pmin(v128.load(values, 64), most), power)
    const f = Grid.bits(f32x4.pmin(v128.load(values, 80), most), power)
    const g = Grid.bits(f32x4.pmin(v128.load(values, 96), most), power)
    const h = Grid.bits(f32x4.pmin(v128.load(values, 112), most), power)
    sum = i32x4.add(
      sum,
      i32x4.add(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)), i32x4.add(i32x4.add(e, f), i32x4.add(g, h))),
    )
  }
  return sum
}
