import { gather } from './factored-products'
import { Visited, Work } from './factored-work'
import { isOfBounds, meanOfBounds, signedMean } from './means'
import { valueOfRank } from './rank'
import { Turned } from './turned'

/** The statistic of one output in four lanes, whatever the signs, wherever the bounds lie. */
export function reduceOne(
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
