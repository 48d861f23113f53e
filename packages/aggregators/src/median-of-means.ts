import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import { checkGroups } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions, wholeFrom1 } from './parse-options.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type MedianOfMeansOptions = {
  /** k, the number of micro-batches: the rows of the stack. */
  readonly groups: number
  /** Bytes of formed rows held at a time. Default 16 MiB. */
  readonly sliceBytes?: number
}

/**
 * Median of means: the coordinate-wise median of the mean gradients of k micro-batches.
 *
 *   g̃ⱼ = medianᵣ ḡᵣⱼ,   and for k = 3   max(min(a, b), min(max(a, b), c))
 *
 * which is the paper's Σ − min − max without its rounding. Even k takes the mean of the two middle values.
 *
 * Index legend: ḡᵣ is the mean gradient of micro-batch r of k, a row of `microBatchGradients`; coordinate j. Scale: a
 * mean over examples. Names: `M3` for three micro-batches, else `mom(k)`. Without memory: the state is empty.
 *
 * `aggregate` throws a RangeError for a stack that hasn't k rows, and where the backend has the kernel for a row that isn't
 * finite, by number; elsewhere such a value shows in the result.
 *
 * @returns `InvalidOption` where groups isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, M3, Figure 5.
 *
 * @example
 * makeMedianOfMeans({ groups: 3 }) // right(M3)
 */
export function makeMedianOfMeans(options: MedianOfMeansOptions): E.Either<InvalidOption, Aggregator> {
  const types = { groups: wholeFrom1, sliceBytes: wholeFrom1 }
  return E.chain(({ groups, sliceBytes = defaultSliceBytes }: Partial<Record<keyof typeof types, number>>) =>
    groups === undefined
      ? E.left(invalidOption('median-of-means', 'groups', wholeFrom1.required, groups))
      : E.right(aggregator(groups, sliceBytes)),
  )(parseOptions('median-of-means', options, types))
}

/** {@link makeMedianOfMeans} for options written in code: throws a RangeError where they are invalid. */
export function medianOfMeans(options: MedianOfMeansOptions): Aggregator {
  return orThrow(makeMedianOfMeans(options))
}

function aggregator(groups: number, sliceBytes: number): Aggregator {
  const name = groups === 3 ? 'M3' : `mom(${groups})`
  const ranks = medianRanks(groups)
  return {
    name,
    rows: { of: 'micro-batches', groups },
    init: () => ({}),
    aggregate(stack) {
      checkGroups(name, stack, groups)
      const gradient = aggregateBlocks(stack, (block) => byRanks(block, groups, trimmed, ranks, sliceBytes))
      return { gradient, state: {} }
    },
  }
}
