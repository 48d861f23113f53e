import type { monoid as M } from 'fp-ts'
import type { BlockStatistic, GradientStatistic } from './gradient-statistic.ts'

/**
 * Statistics of disjoint sets of examples merge into the statistic of their union: counts, Σ‖g‖² and Σg add up.
 *
 * `empty` has no examples and no blocks, and is an exact identity. Blocks are matched by name and keep the left side's
 * order. Sums are taken in float64, from left to right: associative up to rounding, so fold in one canonical order
 * where bytes must agree.
 *
 * @throws RangeError when both sides have examples but not the same weights (required and found are named).
 * @see "On the Generalization Mystery in Deep Learning", footnote 17: α is computed online from two running sums.
 *
 * @example
 * alpha(monoid.concat(statisticOfRows([[1, 0]]), statisticOfRows([[0, 1]]))) // 0.5
 */
export const monoid: M.Monoid<GradientStatistic> = {
  empty: { m: 0, blocks: [] },
  concat: (left, right) => {
    if (isEmpty(right)) return left
    if (isEmpty(left)) return right
    const others = new Map(right.blocks.map((block) => [block.name, block]))
    const blocks = left.blocks.map((block) => {
      const other = others.get(block.name)
      others.delete(block.name)
      return merge(block, other)
    })
    const [surplus] = others.keys()
    if (surplus !== undefined) {
      throw new RangeError(`monoid.concat: required the same weights, found ${surplus} on the right only`)
    }
    return { m: left.m + right.m, blocks }
  },
}

function isEmpty(statistic: GradientStatistic): boolean {
  return statistic.m === 0 && statistic.blocks.length === 0
}

function merge(left: BlockStatistic, right: BlockStatistic | undefined): BlockStatistic {
  if (right === undefined) {
    throw new RangeError(`monoid.concat: required the same weights, found ${left.name} on the left only`)
  }
  if (left.sum.length !== right.sum.length) {
    throw new RangeError(
      `monoid.concat: required ${left.sum.length} elements of ${left.name}, found ${right.sum.length} on the right`,
    )
  }
  const sum = Float64Array.from(left.sum)
  for (let j = 0; j < sum.length; j++) sum[j]! += right.sum[j]!
  return { ...left, sumOfSquaredNorms: left.sumOfSquaredNorms + right.sumOfSquaredNorms, sum }
}
