import { either as E } from 'fp-ts'
import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor1D } from '@tensorflow/tfjs-core'
import type { Aggregator, GradientStack } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { checkAtLeast } from './check-rows.ts'
import { countedSteps, stepsIn } from './counted-steps.ts'
import type { InvalidOption } from './failures.ts'
import { finiteRows } from './finite-rows.ts'
import { orThrow } from './or-throw.ts'
import { between, parseOptions, requireOption, wholeFrom0, type Parsed } from './parse-options.ts'
import { rowOptions, type RowOptions } from './row-options.ts'

export type SmallLossOptions = {
  /** τ: the share of a batch that is left out, 0 to 1; the share of wrong labels, where it is known. */
  readonly drop: number
  /** Steps over which the share grows evenly from 0 to τ. Default 0: all of it at once. */
  readonly warmup?: number
  /** As {@link RowOptions} says, before losses are compared; unless told, a value that isn't finite shows in the result. */
  readonly nonFinite?: RowOptions['nonFinite']
}

const types = { drop: between(0, 1), warmup: wholeFrom0, nonFinite: rowOptions.nonFinite }

/**
 * Small-loss selection, the criterion of co-teaching with one network: the mean gradient of the examples that have the
 * smallest losses in their batch.
 *
 *   g̃ = (1/r) Σ over the r rows of smallest loss,   r = max(1, ⌈(1 − τ·min(1, t/T))·m⌉)
 *
 * Index legend: m rows, t steps made before this one, T = `warmup`. Scale: a mean over rows. Of equal losses the first
 * row counts. Name: `small-loss(50%)`. State: how many steps were made. Wrong labels have large losses only as long as
 * they aren't fitted, and a network that selects for itself keeps what it has once taken in by mistake: co-teaching has two
 * networks select for each other.
 *
 * Breakdown: none of its own; a row with a small loss may move the result without bound. Cost: that of the mean.
 *
 * `aggregate` throws a RangeError for a stack without rows. A gradient that isn't finite shows in the result, also where its
 * row isn't kept; with `nonFinite` it is refused by number, or left out with m the rows that remain.
 *
 * @returns `InvalidOption` where `drop` is missing or outside [0, 1], or `warmup` isn't a whole number ≥ 0.
 * @see Han et al., "Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels", 2018, Algorithm 1.
 *
 * @example
 * makeSmallLoss({ drop: 0.5, warmup: 200 }) // right(small-loss(50%))
 */
export function makeSmallLoss(options: SmallLossOptions): E.Either<InvalidOption, Aggregator> {
  return E.chain(({ drop, warmup = 0, nonFinite }: Parsed<typeof types>) =>
    E.map((share: number) => aggregator(share, warmup, nonFinite))(
      requireOption('small-loss', 'drop', types.drop, drop),
    ),
  )(parseOptions('small-loss', options, types))
}

/** {@link makeSmallLoss} for options written in code: throws a RangeError where they are invalid. */
export function smallLoss(options: SmallLossOptions): Aggregator {
  return orThrow(makeSmallLoss(options))
}

function aggregator(drop: number, warmup: number, nonFinite: RowOptions['nonFinite']): Aggregator {
  const name = `small-loss(${Number((100 * drop).toPrecision(12))}%)`
  return {
    name,
    rows: { of: 'examples' },
    init: () => countedSteps(0),
    aggregate(stack, state) {
      checkAtLeast(name, stack, 1)
      const made = stepsIn(state)
      const share = drop * (warmup === 0 ? 1 : Math.min(1, made / warmup))
      const checked = nonFinite === undefined ? stack : finiteRows(name, stack, 'values', nonFinite)
      try {
        checkAtLeast(name, checked, 1)
        return { gradient: ofSmallest(checked, share), state: countedSteps(Math.min(made + 1, warmup)) }
      } finally {
        if (checked !== stack) checked.dispose()
      }
    },
  }
}

/** The mean of a stack's rows of smallest loss, but for a share of them. */
function ofSmallest(stack: GradientStack, share: number): NamedTensorMap {
  // What is meant to be whole isn't always in binary: 0.8 · 5 rows, left out of 5, are 1 and not 1.0000000000000002.
  const kept = Math.max(1, Math.ceil((1 - share) * stack.rows - 1e-9))
  const weights = smallest(stack.losses, kept)
  try {
    return aggregateBlocks(stack, (block) => block.weightedSum(weights))
  } finally {
    weights.dispose()
  }
}

/** [m] 1/`kept` at so many of the smallest, 0 elsewhere. */
function smallest(losses: Tensor1D, kept: number): Tensor1D {
  return tf.tidy(() => {
    const m = losses.shape[0]
    if (kept === m) return tf.div(tf.ones([m]), m)
    const { indices } = tf.topk(tf.neg(losses), kept)
    return tf.div(tf.sum(tf.cast(tf.oneHot(tf.cast(indices, 'int32'), m), 'float32'), 0), kept) as Tensor1D
  })
}
