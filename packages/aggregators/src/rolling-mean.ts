import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import type { Aggregator } from '@coherent-gradients/gradients'
import type { InvalidOption } from './failures.ts'
import { orThrow } from './or-throw.ts'
import { overLastSteps } from './over-last-steps.ts'
import { parseOptions, wholeFrom1 } from './parse-options.ts'

export type RollingMeanOptions = {
  /** n, how many steps' gradients the mean is over, this one's included. Default 3. */
  readonly steps?: number
}

/**
 * The mean of the last steps' mini-batch gradients: what RM3 is to be compared with, as A3 with M3.
 *
 *   g̃ₜ = (1/n) Σₛ ḡₜ₋ₛ,   s = 0 … n − 1
 *
 * Index legend: ḡₜ the mean gradient of step t's mini-batch, at its own weights; n = `steps`. Scale: a mean. Names: `RA3`,
 * `RA5`, …. The first n − 1 steps go by the gradients that there are. State: n − 1 gradients.
 *
 * Breakdown: none; one step may move the result without bound, for as long as it is among the last n. Cost: an ordinary
 * step's, and n gradients of memory.
 *
 * `aggregate` throws a RangeError for a stack that hasn't one row.
 *
 * @returns `InvalidOption` where steps isn't a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7, A3.
 *
 * @example
 * makeRollingMean() // right(RA3)
 */
export function makeRollingMean(options: RollingMeanOptions = {}): E.Either<InvalidOption, Aggregator> {
  return E.map(({ steps = 3 }: { readonly steps?: number }) =>
    overLastSteps(`RA${steps}`, steps, (rows) => tf.mean(rows, 0)),
  )(parseOptions('rolling-mean', options, { steps: wholeFrom1 }))
}

/** {@link makeRollingMean} for options written in code: throws a RangeError where they are invalid. */
export function rollingMean(options: RollingMeanOptions = {}): Aggregator {
  return orThrow(makeRollingMean(options))
}
