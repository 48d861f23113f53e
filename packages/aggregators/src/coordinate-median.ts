import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, wholeFrom1, type Parsed } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type CoordinateMedianOptions = RowOptions & {
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
}

const types = { sliceBytes: wholeFrom1, ...rowOptions }

/**
 * The median gradient, coordinate by coordinate: the middle value, or the mean of the two middle ones for even m.
 *
 *   g̃ⱼ = medianᵢ gᵢⱼ
 *
 * Index legend: i of m rows, coordinate j. Scale: that of one gradient, as a mean has. Name: `median`. Without
 * memory: the state is empty.
 *
 * Breakdown: less than half of the rows, ⌈m/2⌉ − 1, may be anything, and the result stays between the others' least and
 * largest value of each coordinate. Cost: O(m·p) comparisons, from the factors where there are any; one pass.
 *
 * `aggregate` throws a RangeError for a stack without rows, and where the backend has the kernel for a row that isn't
 * finite, by number.
 *
 * @returns `InvalidOption` for an option that isn't known or isn't valid.
 * @see "On the Generalization Mystery in Deep Learning", §2, the median gradient.
 */
export function makeCoordinateMedian(options: CoordinateMedianOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map((given: Parsed<typeof types>): Aggregator =>
    rowRule(
      {
        name: 'median',
        least: 1,
        finite: 'unchecked',
        gradient(stack) {
          const { rows } = stack
          const ranks = medianRanks(rows)
          const sliceBytes = given.sliceBytes ?? defaultSliceBytes
          return aggregateBlocks(stack, (block) => byRanks(block, rows, trimmed, ranks, sliceBytes))
        },
      },
      given,
    ),
  )(parseOptions('coordinate-median', options, types))
}

/** {@link makeCoordinateMedian} for options written in code: throws a RangeError where they are invalid. */
export function coordinateMedian(options: CoordinateMedianOptions = {}): Aggregator {
  return orThrow(makeCoordinateMedian(options))
}
