import type { Tensor2D } from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import { medianRanks } from '@coherent-gradients/kernels'
import { ofRowsByRanks, trimmed } from './by-ranks.ts'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { overLastSteps } from './over-last-steps.ts'
import { parseOptions, wholeFrom1 } from './parse-options.ts'

export type RollingMedianOptions = {
  /** n, how many steps' gradients the median is over, this one's included. Default 3. */
  readonly steps?: number
}

/**
 * The coordinate-wise median of the last steps' mini-batch gradients: M3 in its rolling form, an update for every
 * micro-batch instead of one for every three.
 *
 *   g̃ₜⱼ = median(ḡₜⱼ, ḡₜ₋₁,ⱼ, …, ḡₜ₋ₙ₊₁,ⱼ)
 *
 * Index legend: ḡₜ the mean gradient of step t's mini-batch, at its own weights; n = `steps`; coordinate j. Scale: a mean.
 * Names: `RM3`, `RM5`, …. The first n − 1 steps go by the gradients that there are, an even number by the mean of the two
 * middle ones. State: n − 1 gradients.
 *
 * Breakdown: less than half of the last steps, ⌈n/2⌉ − 1, may be anything. Any single example may spoil its own step.
 * Cost: an ordinary step's, and n gradients of memory.
 *
 * BatchNormalization goes by each mini-batch's own statistics wherever it trains in training mode, as with M3.
 *
 * `aggregate` throws a RangeError for a stack that hasn't one row, and where the backend has the kernel for a gradient that
 * isn't finite; elsewhere such a value shows in the result.
 *
 * @returns `InvalidOption` where steps isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, the serial form of median of means; no momentum goes before
 *   it (footnote 27).
 *
 * @example
 * makeRollingMedian() // right(RM3)
 */
export function makeRollingMedian(options: RollingMedianOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(({ steps = 3 }: { readonly steps?: number }) =>
    overLastSteps(`RM${steps}`, steps, (rows: Tensor2D) => ofRowsByRanks(rows, trimmed, medianRanks(rows.shape[0]))),
  )(parseOptions('rolling-median', options, { steps: wholeFrom1 }))
}

/** {@link makeRollingMedian} for options written in code: throws a RangeError where they are invalid. */
export function rollingMedian(options: RollingMedianOptions = {}): Aggregator {
  return orThrow(makeRollingMedian(options))
}
