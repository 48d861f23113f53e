import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { checkAtLeast } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { parseOptions, type RuleOptions } from './parse-options.ts'

/**
 * The mean gradient of ordinary gradient descent: (1/m) Σᵢ gᵢ.
 *
 * Index legend: i of m examples. Scale: a mean. Name: `mean`. Without memory: the state is empty.
 *
 * `aggregate` throws a RangeError for a stack without rows.
 *
 * @see "On the Generalization Mystery in Deep Learning", §2.
 *
 * @example
 * const { gradient } = mean().aggregate(stack, {})
 */
export function mean(): Aggregator {
  return {
    name: 'mean',
    rows: { of: 'examples', orMicroBatches: true },
    init: () => ({}),
    aggregate(stack) {
      checkAtLeast('mean', stack, 1)
      return { gradient: aggregateBlocks(stack, (block) => block.mean()), state: {} }
    },
  }
}

/** {@link mean} from plain data: any option is refused. */
export function makeMean(options: RuleOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(mean)(parseOptions('mean', options, {}))
}
