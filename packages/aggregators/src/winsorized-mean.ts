import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { percentileRanks, type Ranks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, winsorized } from './by-ranks.ts'
import { checkAtLeast } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions, percentage, wholeFrom0, wholeFrom1 } from './parse-options.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type WinsorizedMeanOptions = {
  /** Bytes of formed rows held at a time, for weights that aren't held in factors. Default 16 MiB. */
  readonly sliceBytes?: number
} & (
  | {
      /** c, 0 to 50: each coordinate is clipped to its c-th and (100 − c)-th percentile. */
      readonly percent: number
    }
  | {
      /** How many examples each coordinate clips on each side. */
      readonly count: number
    }
)

/**
 * The update of winsorized gradient descent: each coordinate's most extreme values are clipped, then all are averaged.
 *
 *   g̃ⱼ = (1/m) Σᵢ min(max(gᵢⱼ, lⱼ), uⱼ)
 *
 * `percent: c` takes lⱼ and uⱼ as the c-th and (100 − c)-th percentile by the nearest rank, halves to even:
 * lower rank round((m − 1)·c/100), upper rank round((m − 1)·(100 − c)/100). 8% clips 8 examples on each side of 100 and
 * 5 of 64; 50% leaves one value, the median for odd m. `count: c` takes ranks c and m − 1 − c.
 *
 * Index legend: i of m examples, coordinate j. Scale: a mean. Clipping nothing gives the mean to the bit. Names:
 * `winsor(8%)`, `winsor(8)`. Without memory: the state is empty.
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
  const types = { percent: percentage, count: wholeFrom0, sliceBytes: wholeFrom1 }
  return E.chain(({ percent, count, sliceBytes = defaultSliceBytes }: Partial<Record<keyof typeof types, number>>) => {
    if (percent !== undefined && count === undefined) {
      return E.right(aggregator(`winsor(${percent}%)`, 1, (m) => percentileRanks(percent, m), sliceBytes))
    }
    if (count !== undefined && percent === undefined) {
      return E.right(
        aggregator(`winsor(${count})`, 2 * count + 1, (m) => ({ lower: count, upper: m - 1 - count }), sliceBytes),
      )
    }
    const found = percent === undefined ? 'neither' : 'both'
    return E.left(invalidOption('winsorized-mean', 'percent', 'percent or count', found))
  })(parseOptions('winsorized-mean', options, types))
}

/** {@link makeWinsorizedMean} for options written in code: throws a RangeError where they are invalid. */
export function winsorizedMean(options: WinsorizedMeanOptions): Aggregator {
  return orThrow(makeWinsorizedMean(options))
}

function aggregator(name: string, least: number, ranksOf: (rows: number) => Ranks, sliceBytes: number): Aggregator {
  return {
    name,
    rows: { of: 'examples' },
    init: () => ({}),
    aggregate(stack) {
      checkAtLeast(name, stack, least)
      const { rows } = stack
      const ranks = ranksOf(rows)
      const clipsNothing = ranks.lower === 0 && ranks.upper === rows - 1
      const gradient = aggregateBlocks(stack, (block) =>
        clipsNothing ? block.mean() : byRanks(block, rows, winsorized, ranks, sliceBytes),
      )
      return { gradient, state: {} }
    },
  }
}
