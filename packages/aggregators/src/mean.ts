import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { parseOptions, type Parsed } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'
import { rowRule } from './row-rule.ts'

export type MeanOptions = {
  /** As {@link RowOptions} says; unless told, a value that isn't finite shows in the result. */
  readonly nonFinite?: RowOptions['nonFinite']
}

const types = { nonFinite: rowOptions.nonFinite }

/**
 * The mean gradient of ordinary gradient descent: (1/m) Σᵢ gᵢ.
 *
 * Index legend: i of m examples. Scale: a mean. Name: `mean`. Without memory: the state is empty. Of micro-batches it is
 * `meanOfMeans`.
 *
 * Breakdown: none; one row may move the result without bound. Cost: O(m·p), as one backward pass makes it.
 *
 * `aggregate` throws a RangeError for a stack without rows.
 *
 * @returns `InvalidOption` for an option that isn't known or isn't valid.
 * @see "On the Generalization Mystery in Deep Learning", §2.
 *
 * @example
 * const { gradient } = mean().aggregate(stack, {})
 */
export function makeMean(options: MeanOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(({ nonFinite }: Parsed<typeof types>) =>
    rowRule(
      {
        name: 'mean',
        orMicroBatches: true,
        least: 1,
        finite: nonFinite === undefined ? 'unchecked' : 'values',
        gradient: (stack) => aggregateBlocks(stack, (block) => block.mean()),
      },
      nonFinite === undefined ? {} : { nonFinite },
    ),
  )(parseOptions('mean', options, types))
}

/** {@link makeMean} for options written in code: throws a RangeError where they are invalid. */
export function mean(options: MeanOptions = {}): Aggregator {
  return orThrow(makeMean(options))
}
