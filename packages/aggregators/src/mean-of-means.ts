import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { checkGroups } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions, wholeFrom1 } from './parse-options.ts'

export type MeanOfMeansOptions = {
  /** k, the number of micro-batches: the rows of the stack. */
  readonly groups: number
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
 * `aggregate` throws a RangeError for a stack that hasn't k rows.
 *
 * @returns `InvalidOption` where groups isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, A3, Figure 5.
 */
export function makeMeanOfMeans(options: MeanOfMeansOptions): E.Either<InvalidOption, Aggregator> {
  return E.chain(({ groups }: { readonly groups?: number }) =>
    groups === undefined
      ? E.left(invalidOption('mean-of-means', 'groups', wholeFrom1.required, groups))
      : E.right(aggregator(groups)),
  )(parseOptions('mean-of-means', options, { groups: wholeFrom1 }))
}

/** {@link makeMeanOfMeans} for options written in code: throws a RangeError where they are invalid. */
export function meanOfMeans(options: MeanOfMeansOptions): Aggregator {
  return orThrow(makeMeanOfMeans(options))
}

function aggregator(groups: number): Aggregator {
  const name = `A${groups}`
  return {
    name,
    rows: { of: 'micro-batches', groups },
    init: () => ({}),
    aggregate(stack) {
      checkGroups(name, stack, groups)
      return { gradient: aggregateBlocks(stack, (block) => block.mean()), state: {} }
    },
  }
}
