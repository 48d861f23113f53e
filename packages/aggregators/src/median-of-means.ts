import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, requireOption, wholeFrom1 } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'
import { defaultSliceBytes } from './slice-by-slice.ts'

export type MedianOfMeansOptions = Pick<RowOptions, 'nonFinite'> & {
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
 * Breakdown: less than half of the micro-batches, ⌈k/2⌉ − 1, may be anything. So may as many examples, each of which may spoil
 * a micro-batch of its own. Cost: O(k·p) comparisons; k gradients are held.
 *
 * BatchNormalization: `train` and `withAggregator` give it gradients through each micro-batch's own statistics, as the paper
 * does. The smaller a micro-batch, the noisier they are.
 *
 * `aggregate` throws a RangeError for a stack that hasn't k rows, and where the backend has the kernel for a row that isn't
 * finite, by number; elsewhere such a value shows in the result. With `nonFinite: 'drop'` it is the median of the rest.
 *
 * @returns `InvalidOption` where groups isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, M3, Figure 5, footnotes 26 to 28; Minsker, "Geometric Median and
 *   Robust Estimation in Banach Spaces", 2013.
 *
 * @example
 * makeMedianOfMeans({ groups: 3 }) // right(M3)
 */
export function makeMedianOfMeans(options: MedianOfMeansOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('median-of-means', options, { ...rowOptions, sliceBytes: wholeFrom1 }),
    E.bindTo('given'),
    E.bind('groups', ({ given }) => requireOption('median-of-means', 'groups', wholeFrom1, given.groups)),
    E.map(({ given, groups }) =>
      rowRule(
        {
          name: 'median',
          nameOfMeans: (k) => (k === 3 ? 'M3' : `mom(${k})`),
          least: 1,
          finite: 'unchecked',
          gradient(stack) {
            const ranks = medianRanks(stack.rows)
            const sliceBytes = given.sliceBytes ?? defaultSliceBytes
            return aggregateBlocks(stack, (block) => byRanks(block, stack.rows, trimmed, ranks, sliceBytes))
          },
        },
        { ...given, groups },
      ),
    ),
  )
}

/** {@link makeMedianOfMeans} for options written in code: throws a RangeError where they are invalid. */
export function medianOfMeans(options: MedianOfMeansOptions): Aggregator {
  return orThrow(makeMedianOfMeans(options))
}
