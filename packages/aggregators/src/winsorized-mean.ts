import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, winsorized } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, percentage, wholeFrom0, wholeFrom1 } from './parse-options.ts'
import { ranksFold } from './ranks-fold.ts'
import { reachOf, type RanksOption } from './ranks-option.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type WinsorizedMeanOptions = RowOptions & {
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
} & RanksOption

/**
 * The update of winsorized gradient descent: each coordinate's most extreme values are clipped, then all are averaged.
 *
 *   g̃ⱼ = (1/m) Σᵢ min(max(gᵢⱼ, lⱼ), uⱼ)
 *
 * `percent: c` takes lⱼ and uⱼ as the c-th and (100 − c)-th percentile by the nearest rank, halves to even:
 * lower rank round((m − 1)·c/100), upper rank round((m − 1)·(100 − c)/100). 8% clips 8 examples on each side of 100 and
 * 5 of 64; 50% leaves one value, the median for odd m. `count: c` takes ranks c and m − 1 − c.
 *
 * Index legend: i of m rows, coordinate j. Scale: a mean. Clipping nothing gives the mean to the bit. Names:
 * `winsor(8%)`, `winsor(8)`. Without memory: the state is empty.
 *
 * Breakdown: as many rows as it clips on each side may be anything, and the result stays between the others' least and
 * largest value of each coordinate. Cost: O(m·p) comparisons, from the factors where there are any; one pass.
 *
 * `aggregate` throws a RangeError for too few rows (`count` needs more than 2·count), and where the backend has the
 * kernel for a row that isn't finite, by number.
 *
 * @returns `InvalidOption` where neither or both of percent and count are given, or one is outside its range.
 * @see "On the Generalization Mystery in Deep Learning", §7 and Figure 4.
 *
 * @example
 * makeWinsorizedMean({ percent: 8 })  // right(winsor(8%))
 * makeWinsorizedMean({ percent: 80 }) // left: required a number from 0 to 50, found 80
 */
export function makeWinsorizedMean(options: WinsorizedMeanOptions): E.Either<InvalidOption, Aggregator> {
  const types = { percent: percentage, count: wholeFrom0, sliceBytes: wholeFrom1, ...rowOptions }
  return fn.pipe(
    parseOptions('winsorized-mean', options, types),
    E.bindTo('given'),
    E.bind('reach', ({ given }) => reachOf('winsorized-mean', given)),
    E.map(({ given, reach }) =>
      rowRule(
        {
          name: `winsor(${reach.label})`,
          least: reach.least,
          finite: 'unchecked',
          fold: (name, k) => ranksFold(name, k, 'winsorized', reach.ranksOf(k)),
          gradient(stack) {
            const { rows } = stack
            const ranks = reach.ranksOf(rows)
            const clipsNothing = ranks.lower === 0 && ranks.upper === rows - 1
            return aggregateBlocks(stack, (block) =>
              clipsNothing
                ? block.mean()
                : byRanks(block, rows, winsorized, ranks, given.sliceBytes ?? defaultSliceBytes),
            )
          },
        },
        given,
      ),
    ),
  )
}

/** {@link makeWinsorizedMean} for options written in code: throws a RangeError where they are invalid. */
export function winsorizedMean(options: WinsorizedMeanOptions): Aggregator {
  return orThrow(makeWinsorizedMean(options))
}
