import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { byRanks, trimmed } from './by-ranks.ts'
import { checkGroups } from './check-rows.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { invalidOption, parseOptions, wholeFrom1 } from './parse-options.ts'
import { defaultSliceBytes, sliceBySlice } from './slice-by-slice.ts'

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
 * `aggregate` throws a RangeError for a stack that hasn't k rows. With three groups, or on a backend without the kernel,
 * a value that isn't finite is not refused; it shows in the result.
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
      const gradient = aggregateBlocks(stack, (block) =>
        groups === 3
          ? sliceBySlice(block, groups, sliceBytes, medianOfThree)
          : byRanks(block, groups, trimmed, ranks, sliceBytes),
      )
      return { gradient, state: {} }
    },
  }
}

function medianOfThree(rows: Tensor2D): Tensor1D {
  const [a, b, c] = tf.unstack(rows) as [Tensor1D, Tensor1D, Tensor1D]
  return tf.maximum(tf.minimum(a, b), tf.minimum(tf.maximum(a, b), c))
}
