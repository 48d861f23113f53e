import { checkLearningRate, type BoundStep } from './bound-step.ts'
import type { AlphaKind, Between } from './label.ts'

/** α at the weights before a step. */
export interface AlphaProbe {
  /** t, from 1: α is that of w_{t−1}. */
  readonly step: number
  readonly alpha: number
}

export interface FillOptions<B extends Between = Between> {
  readonly between: B
  /** Default `plug-in`, which is what measuring a sample gives. */
  readonly alphaIs?: AlphaKind
  /** How many examples α was measured on: the least that a debiased α can be is −1/(measuredOn − 1). */
  readonly measuredOn?: number
}

/** A series with an α at every step. */
export interface FilledSeries {
  readonly steps: readonly BoundStep[]
  /** Steps without a probe of their own. */
  readonly filled: number
  /** Probes below 0, as a debiased α can be: they count as 0. */
  readonly clamped: number
}

/**
 * An α for each of T steps from probes at some of them.
 *
 * `zero` takes α = 0 in between, the most that a step can give: what follows is a bound. `hold` takes the last probe's,
 * and 0 before the first: what follows is an estimate.
 *
 * @param learningRates [T] η_t, entry t − 1 for step t.
 * @throws RangeError, with required and found, when a probe's α is above 1, below −1/(measuredOn − 1) (below 0 where α
 *   isn't debiased) or NaN, its step not a whole number in 1…T or not above the step before, or a rate negative.
 *
 * @example
 * fillProbes([0.1, 0.1, 0.1], [{ step: 1, alpha: 0.5 }], { between: 'hold' }).steps.map((step) => step.alpha) // [0.5, 0.5, 0.5]
 */
export function fillProbes(
  learningRates: ArrayLike<number>,
  probes: readonly AlphaProbe[],
  { between, alphaIs = 'plug-in', measuredOn }: FillOptions,
): FilledSeries {
  const T = learningRates.length
  const least = alphaIs === 'debiased' ? leastDebiased(measuredOn) : 0
  let clamped = 0
  let before = 0
  for (const { step, alpha } of probes) {
    if (!Number.isInteger(step) || step <= before || step > T) {
      throw new RangeError(
        `bound: required probes at rising steps from 1 to ${T}, found step ${step}${before === 0 ? '' : ` after step ${before}`}`,
      )
    }
    before = step
    if (!(alpha >= least && alpha <= 1)) {
      throw new RangeError(`bound: required ${least} ≤ α ≤ 1, found ${alpha} at step ${step}`)
    }
    if (alpha < 0) clamped++
  }
  const steps: BoundStep[] = []
  let next = 0
  let last = 0
  for (let t = 1; t <= T; t++) {
    const learningRate = learningRates[t - 1]!
    checkLearningRate(learningRate, t)
    const probe = probes[next]
    if (probe?.step === t) {
      last = Math.max(0, probe.alpha)
      next++
      steps.push({ learningRate, alpha: last })
    } else steps.push({ learningRate, alpha: between === 'hold' ? last : 0 })
  }
  return { steps, filled: T - probes.length, clamped }
}

/** α of pairwise opposite gradients, debiased. */
function leastDebiased(measuredOn: number | undefined): number {
  if (measuredOn === undefined) return -1
  if (!Number.isInteger(measuredOn) || measuredOn < 2) {
    throw new RangeError(`bound: required a debiased α of m ≥ 2 examples, found m = ${measuredOn}`)
  }
  return -1 / (measuredOn - 1)
}
