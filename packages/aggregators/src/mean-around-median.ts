import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { aroundMedian, byRanks } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, requireOption, wholeFrom0, wholeFrom1 } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type MeanAroundMedianOptions = RowOptions & {
  /** b: how many of each coordinate's values are left out, those farthest from the median. */
  readonly count: number
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
}

/**
 * Mean around the median (MeaMed): of each coordinate's values the m − b nearest to their median are averaged.
 *
 *   g̃ⱼ = 1/(m − b) Σ_{i ∈ Nⱼ} gᵢⱼ,   Nⱼ the m − b rows with the least |gᵢⱼ − medianᵢ gᵢⱼ|
 *
 * Of two values that are equally far from the median the lower one stays. Unlike the trimmed mean it leaves out b values
 * wherever they are, on one side or on both.
 *
 * Index legend: i of m rows, coordinate j. Scale: a mean. Leaving out nothing gives the mean to the bit. Name: `meamed(8)`.
 * Without memory: the state is empty.
 *
 * Breakdown: b rows, and less than half, may be anything; each coordinate then stays no farther from the median, which lies
 * among the others, than these reach from end to end. Cost: O(m·p·log m) comparisons, a sort of every coordinate, from the factors where there are any.
 *
 * `aggregate` throws a RangeError for fewer than 2b + 1 rows, and where the backend has the kernel for a row that isn't
 * finite, by number.
 *
 * @returns `InvalidOption` where count isn't a whole number ≥ 0.
 * @see Xie, Koyejo and Gupta, "Generalized Byzantine-tolerant SGD", 2018 (mean around median).
 *
 * @example
 * makeMeanAroundMedian({ count: 8 }) // right(meamed(8))
 */
export function makeMeanAroundMedian(options: MeanAroundMedianOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('mean-around-median', options, { count: wholeFrom0, sliceBytes: wholeFrom1, ...rowOptions }),
    E.bindTo('given'),
    E.bind('count', ({ given }) => requireOption('mean-around-median', 'count', wholeFrom0, given.count)),
    E.map(({ given, count }) =>
      rowRule(
        {
          name: `meamed(${count})`,
          least: 2 * count + 1,
          finite: 'unchecked',
          gradient: (stack) =>
            aggregateBlocks(stack, (block) =>
              count === 0
                ? block.mean()
                : byRanks(
                    block,
                    stack.rows,
                    aroundMedian,
                    { lower: 0, upper: stack.rows - 1 - count },
                    given.sliceBytes ?? defaultSliceBytes,
                  ),
            ),
        },
        given,
      ),
    ),
  )
}

/** {@link makeMeanAroundMedian} for options written in code: throws a RangeError where they are invalid. */
export function meanAroundMedian(options: MeanAroundMedianOptions): Aggregator {
  return orThrow(makeMeanAroundMedian(options))
}
