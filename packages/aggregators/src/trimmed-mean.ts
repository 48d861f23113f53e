import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, percentage, wholeFrom0, wholeFrom1 } from './parse-options.ts'
import { ranksFold } from './ranks-fold.ts'
import { reachOf, type RanksOption } from './ranks-option.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type TrimmedMeanOptions = RowOptions & {
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
} & RanksOption

/**
 * Trimmed mean: each coordinate's most extreme values are left out, and the rest are averaged.
 *
 *   g̃ⱼ = 1/(u − l + 1) Σ_{r = l…u} g₍ᵣ₎ⱼ
 *
 * `percent: c` keeps the ranks from round((m − 1)·c/100) to round((m − 1)·(100 − c)/100), halves to even; `count: c` those
 * from c to m − 1 − c. The winsorized mean of the same option moves the extremes to the bounds instead.
 *
 * Index legend: g₍ᵣ₎ⱼ is the value of rank r among the m rows' values of coordinate j. Scale: a mean. Leaving out nothing
 * gives the mean to the bit. Names: `trim(8%)`, `trim(8)`. Without memory: the state is empty.
 *
 * Breakdown: as many rows as it leaves out on each side may be anything, and the result stays between the others' least and
 * largest value of each coordinate. Cost: O(m·p) comparisons, from the factors where there are any; one pass.
 *
 * `aggregate` throws a RangeError for too few rows (`count` needs more than 2·count), and where the backend has the
 * kernel for a row that isn't finite, by number.
 *
 * @returns `InvalidOption` where neither or both of percent and count are given, or one is outside its range.
 * @see Yin, Chen, Ramchandran and Bartlett, "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates",
 *   ICML 2018.
 *
 * @example
 * makeTrimmedMean({ count: 8 }) // right(trim(8))
 */
export function makeTrimmedMean(options: TrimmedMeanOptions): E.Either<InvalidOption, Aggregator> {
  const types = { percent: percentage, count: wholeFrom0, sliceBytes: wholeFrom1, ...rowOptions }
  return fn.pipe(
    parseOptions('trimmed-mean', options, types),
    E.bindTo('given'),
    E.bind('reach', ({ given }) => reachOf('trimmed-mean', given)),
    E.map(({ given, reach }) =>
      rowRule(
        {
          name: `trim(${reach.label})`,
          least: reach.least,
          finite: 'unchecked',
          fold: (name, k) => ranksFold(name, k, 'trimmed', reach.ranksOf(k)),
          gradient(stack) {
            const { rows } = stack
            const ranks = reach.ranksOf(rows)
            const keepsAll = ranks.lower === 0 && ranks.upper === rows - 1
            return aggregateBlocks(stack, (block) =>
              keepsAll ? block.mean() : byRanks(block, rows, trimmed, ranks, given.sliceBytes ?? defaultSliceBytes),
            )
          },
        },
        given,
      ),
    ),
  )
}

/** {@link makeTrimmedMean} for options written in code: throws a RangeError where they are invalid. */
export function trimmedMean(options: TrimmedMeanOptions): Aggregator {
  return orThrow(makeTrimmedMean(options))
}
