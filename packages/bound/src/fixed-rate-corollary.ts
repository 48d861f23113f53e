import { checkConstants, type BoundConstants } from './bound-constants.ts'
import { checkStep } from './bound-step.ts'
import type { Corollary } from './corollary.ts'
import { logSumExp } from './log-sum-exp.ts'

/**
 * Theorem 1 with the same learning rate η at every step.
 *
 *   tighter: (L²η/m) Σ_t (1 + ηβ)^{T−t} √(2(1 − α(w_{t−1})))     looser: (L²η/m) Σ_t exp((T − t)ηβ) √(2(1 − α(w_{t−1})))
 *
 * The tighter form is equation (5) itself; the looser one takes 1 + x ≤ eˣ.
 *
 * @param alphas [T] entry t − 1 is α(w_{t−1}).
 * @throws RangeError as {@link generalizationBound}.
 * @see docs/theorem-1.md for the derivation, which is ours.
 */
export function fixedRateCorollary(
  alphas: ArrayLike<number>,
  learningRate: number,
  constants: BoundConstants,
): Corollary {
  checkConstants(constants)
  const { lipschitz, smoothness, examples } = constants
  const T = alphas.length
  const logScale = 2 * Math.log(lipschitz) + Math.log(learningRate) - Math.log(examples)
  const product = learningRate * smoothness
  const logGrowth = Math.log1p(product)
  const tighter = new Float64Array(T)
  const looser = new Float64Array(T)
  for (let t = 1; t <= T; t++) {
    const alpha = alphas[t - 1]!
    checkStep({ learningRate, alpha }, t)
    const logDivergence = Math.log(2 * (1 - alpha)) / 2
    tighter[t - 1] = (T - t) * logGrowth + logDivergence
    looser[t - 1] = (T - t) * product + logDivergence
  }
  return { logTighter: logScale + logSumExp(tighter), logLooser: logScale + logSumExp(looser) }
}
