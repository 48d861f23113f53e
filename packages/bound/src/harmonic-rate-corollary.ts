import { checkConstants, type BoundConstants } from './bound-constants.ts'
import { checkStep } from './bound-step.ts'
import type { Corollary } from './corollary.ts'
import { logSumExp } from './log-sum-exp.ts'

/**
 * Theorem 1 with learning rates η_t = c/t, or any below these.
 *
 *   tighter: (L²c T^{cβ}/m) Σ_t t^{−(1+cβ)} √(2(1 − α(w_{t−1})))     looser: (L²c T^{cβ}/m) Σ_t √(2(1 − α(w_{t−1})))
 *
 * Π_{k=t+1..T} (1 + cβ/k) ≤ exp(cβ Σ_{k=t+1..T} 1/k) ≤ (T/t)^{cβ}; the looser form drops t^{−(1+cβ)} ≤ 1.
 *
 * @param alphas [T] entry t − 1 is α(w_{t−1}).
 * @param scale c ≥ 0.
 * @throws RangeError as {@link generalizationBound}.
 * @see docs/theorem-1.md for the derivation, which is ours.
 */
export function harmonicRateCorollary(alphas: ArrayLike<number>, scale: number, constants: BoundConstants): Corollary {
  checkConstants(constants)
  const { lipschitz, smoothness, examples } = constants
  const T = alphas.length
  const power = scale * smoothness
  const logScale = 2 * Math.log(lipschitz) + Math.log(scale) - Math.log(examples)
  const tighter = new Float64Array(T)
  const looser = new Float64Array(T)
  for (let t = 1; t <= T; t++) {
    const alpha = alphas[t - 1]!
    checkStep({ learningRate: scale / t, alpha }, t)
    const logDivergence = Math.log(2 * (1 - alpha)) / 2
    tighter[t - 1] = logDivergence - Math.log(t) + power * (Math.log(T) - Math.log(t))
    looser[t - 1] = logDivergence + power * Math.log(T)
  }
  return { logTighter: logScale + logSumExp(tighter), logLooser: logScale + logSumExp(looser) }
}
