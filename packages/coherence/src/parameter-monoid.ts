import type { monoid as M } from 'fp-ts'
import type { ParameterBlock, ParameterStatistic } from './parameter-statistic.ts'

/**
 * Per-parameter statistics of disjoint sets of examples merge into that of their union: counts, Σg and Σg² add up.
 *
 * `empty` is an exact identity. Blocks are matched by name and keep the left side's order. Sums are taken in float64,
 * from left to right: associative up to rounding.
 *
 * @throws RangeError when both sides have examples but not the same weights (required and found are named).
 * @see "On the Generalization Mystery in Deep Learning", footnote 17: α is computed online from two running sums.
 *
 * @example
 * gsnr(parameterMonoid.concat(parameterStatisticOfRows([[1, 0]]), parameterStatisticOfRows([[3, 1]])))
 */
export const parameterMonoid: M.Monoid<ParameterStatistic> = {
  empty: { m: 0, blocks: [] },
  concat: (left, right) => {
    if (right.m === 0) return left
    if (left.m === 0) return right
    const others = new Map(right.blocks.map((block) => [block.name, block]))
    const blocks = left.blocks.map((block) => merge(block, others.get(block.name)))
    if (right.blocks.length !== blocks.length) {
      const found = `${blocks.length} on the left, ${right.blocks.length} on the right`
      throw new RangeError(`parameterMonoid.concat: required the same weights, found ${found}`)
    }
    return { m: left.m + right.m, blocks }
  },
}

function merge(left: ParameterBlock, right: ParameterBlock | undefined): ParameterBlock {
  if (right?.sum.length !== left.sum.length) {
    const found = right === undefined ? 'none' : right.sum.length
    throw new RangeError(
      `parameterMonoid.concat: required ${left.sum.length} elements of ${left.name}, found ${found} on the right`,
    )
  }
  return { ...left, sum: plus(left.sum, right.sum), sumOfSquares: plus(left.sumOfSquares, right.sumOfSquares) }
}

function plus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, j) => x + b[j]!)
}
