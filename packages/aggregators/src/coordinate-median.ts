import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import { checkAtLeast } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, wholeFrom1 } from './parse-options.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type CoordinateMedianOptions = {
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
}

/**
 * The median gradient, coordinate by coordinate: the middle value, or the mean of the two middle ones for even m.
 *
 *   g̃ⱼ = medianᵢ gᵢⱼ
 *
 * Index legend: i of m examples, coordinate j. Scale: that of one gradient, as a mean has. Name: `median`. Without
 * memory: the state is empty.
 *
 * `aggregate` throws a RangeError for a stack without rows, and where the backend has the kernel for a row that isn't
 * finite, by number.
 *
 * @returns `InvalidOption` for an option that isn't known or isn't valid.
 * @see "On the Generalization Mystery in Deep Learning", §2, the median gradient.
 */
export function makeCoordinateMedian(options: CoordinateMedianOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(({ sliceBytes = defaultSliceBytes }: { readonly sliceBytes?: number }): Aggregator => ({
    name: 'median',
    rows: { of: 'examples' },
    init: () => ({}),
    aggregate(stack) {
      checkAtLeast('median', stack, 1)
      const ranks = medianRanks(stack.rows)
      const gradient = aggregateBlocks(stack, (block) => byRanks(block, stack.rows, trimmed, ranks, sliceBytes))
      return { gradient, state: {} }
    },
  }))(parseOptions('coordinate-median', options, { sliceBytes: wholeFrom1 }))
}

/** {@link makeCoordinateMedian} for options written in code: throws a RangeError where they are invalid. */
export function coordinateMedian(options: CoordinateMedianOptions = {}): Aggregator {
  return orThrow(makeCoordinateMedian(options))
}
