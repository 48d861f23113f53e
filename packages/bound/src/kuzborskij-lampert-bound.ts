import type { BoundConstants } from './bound-constants.ts'
import type { EarlierBound } from './earlier-bound.ts'
import { checkSchedule, type HarmonicSchedule } from './hardt-non-convex-bound.ts'

export interface KuzborskijLampertOptions {
  /**
   * γ ≤ β: in the theorem min{β, E‖∇²ℓ(w₁, z)‖ + Δ*} up to logarithms that it leaves open. Default β, the most that it
   * can be.
   */
  readonly curvature?: number
  /** E R(A_S), the expected loss of the trained network on fresh data, in [0, 1]. Default 1, the most that it can be. */
  readonly risk?: number
}

/**
 * Kuzborskij & Lampert for any smooth loss in [0, 1] with a Lipschitz Hessian: on-average stability of SGD, η_t = c/t.
 *
 *   (1 + 1/(cγ))/m · (2cL²)^{1/(1+cγ)} · (E R(A_S) · T)^{cγ/(1+cγ)}
 *
 * Depends on the data through the curvature γ where training begins and the risk where it ends. With γ = β and risk 1 it
 * is Hardt et al. with m in place of m − 1.
 *
 * @throws RangeError as {@link hardtNonConvexBound}, and when γ is outside (0, β] or the risk outside [0, 1].
 * @see Kuzborskij, Lampert, "Data-Dependent Stability of Stochastic Gradient Descent", ICML 2018, arXiv:1703.01678,
 *   Theorem 4.
 */
export function kuzborskijLampertBound(
  schedule: HarmonicSchedule,
  constants: BoundConstants,
  { curvature = constants.smoothness, risk = 1 }: KuzborskijLampertOptions = {},
): EarlierBound {
  checkSchedule(schedule, constants)
  const { scale, steps } = schedule
  const { lipschitz, smoothness, examples } = constants
  if (!(curvature > 0 && curvature <= smoothness)) {
    throw new RangeError(`bound: required a curvature 0 < γ ≤ β = ${smoothness}, found ${curvature}`)
  }
  if (!(risk >= 0 && risk <= 1)) throw new RangeError(`bound: required a risk in [0, 1], found ${risk}`)
  const power = scale * curvature
  const logFirst = Math.LN2 + Math.log(scale) + 2 * Math.log(lipschitz)
  const most = Math.min(1 / smoothness, 1 / (4 * (2 * smoothness * Math.log(steps)) ** 2))
  return {
    logBound:
      Math.log1p(1 / power) -
      Math.log(examples) +
      (logFirst + power * (Math.log(risk) + Math.log(steps))) / (power + 1),
    unmet:
      scale <= most
        ? []
        : [`c ≤ min{1/β, 1/(4(2β ln T)²)} = ${most.toPrecision(3)} fails: c is ${scale.toPrecision(3)}`],
  }
}
