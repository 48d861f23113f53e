import { either as E, function as fn } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, requireOption, wholeFrom1 } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'

export type MeanOfMeansOptions = {
  /** k, the number of micro-batches: the rows of the stack. */
  readonly groups: number
  /** As {@link RowOptions} says; unless told, a value that isn't finite shows in the result. */
  readonly nonFinite?: RowOptions['nonFinite']
}

/**
 * Mean of the mean gradients of k micro-batches: ordinary gradient descent, made as median of means is, so that the two
 * differ in nothing but the median.
 *
 *   g̃ = (1/k) Σᵣ ḡᵣ
 *
 * Index legend: ḡᵣ is the mean gradient of micro-batch r of k, a row of `microBatchGradients`. Scale: a mean over
 * examples where the micro-batches are equally large. Names: `A3`, `A4`, …. Without memory: the state is empty.
 *
 * Breakdown: none; one row may move the result without bound. Cost: O(k·p) additions.
 *
 * BatchNormalization: `train` and `withAggregator` give it gradients through each micro-batch's own statistics, so that A3 is
 * not SGD on the whole batch to the last figure, and differs from M3 in nothing but the median.
 *
 * `aggregate` throws a RangeError for a stack that hasn't k rows.
 *
 * @returns `InvalidOption` where groups isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, A3, Figure 5, footnote 28.
 */
export function makeMeanOfMeans(options: MeanOfMeansOptions): E.Either<InvalidOption, Aggregator> {
  return fn.pipe(
    parseOptions('mean-of-means', options, rowOptions),
    E.bindTo('given'),
    E.bind('groups', ({ given }) => requireOption('mean-of-means', 'groups', wholeFrom1, given.groups)),
    E.map(({ given, groups }) =>
      rowRule(
        {
          name: 'mean',
          nameOfMeans: (k) => `A${k}`,
          least: 1,
          finite: given.nonFinite === undefined ? 'unchecked' : 'values',
          gradient: (stack) => aggregateBlocks(stack, (block) => block.mean()),
        },
        { ...given, groups },
      ),
    ),
  )
}

/** {@link makeMeanOfMeans} for options written in code: throws a RangeError where they are invalid. */
export function meanOfMeans(options: MeanOfMeansOptions): Aggregator {
  return orThrow(makeMeanOfMeans(options))
}
