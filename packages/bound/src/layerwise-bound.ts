import { checkConstants, type BoundConstants } from './bound-constants.ts'
import { checkLearningRate } from './bound-step.ts'
import { unroll, type GeneralizationBound } from './unroll.ts'

/** A layer at the weights before a step. */
export interface LayerAlpha {
  /** w_l = E‖gˡ‖² / E‖g‖²: the layer's part in the mean squared norm. All layers' together are 1. */
  readonly share: number
  /** α_l in [0, 1]: coherence of the layer's own gradients. */
  readonly alpha: number
}

export interface LayerwiseStep {
  readonly learningRate: number
  /** The same layers in the same order at every step. */
  readonly layers: readonly LayerAlpha[]
}

export interface LayerwiseBound {
  /** With √(2 Σ_l w_l(1 − α_l)): Theorem 1's own number, because Σ w_l α_l is α. */
  readonly together: GeneralizationBound
  /** With Σ_l √w_l √(2(1 − α_l)): a bound too, above the other, and a sum over layers. */
  readonly apart: GeneralizationBound
  /** [layers] log of each layer's part of `apart`. */
  readonly logParts: readonly number[]
}

/** How far Σ w_l may be from 1: shares are sums in float64. */
const SHARES_TOLERANCE = 1e-9

/**
 * Theorem 1 layer by layer. Ours, not the paper's, which leaves it as a conjecture that layers could tighten the bound.
 *
 *   √(2(1 − α)) = √(2 Σ_l w_l(1 − α_l)) ≤ Σ_l √w_l √(2(1 − α_l))
 *
 * The left side is Theorem 1 again, by Theorem 7 (α = Σ w_l α_l). The right side bounds ‖g − g′‖ ≤ Σ_l ‖gˡ − g′ˡ‖ layer by
 * layer, and so says which layer the bound comes from; it is never tighter. The weighted mean Σ_l w_l √(2(1 − α_l)) lies
 * below the left side and bounds nothing.
 *
 * @throws RangeError, with required and found, as `generalizationBound`; when the shares of a step are negative or don't
 *   add up to 1; when steps have different numbers of layers.
 */
export function layerwiseBound(series: readonly LayerwiseStep[], constants: BoundConstants): LayerwiseBound {
  checkConstants(constants)
  const T = series.length
  const layers = series[0]?.layers.length ?? 0
  const learningRates = new Float64Array(T)
  const together = new Float64Array(T)
  const apart = new Float64Array(T)
  const parts = Array.from({ length: layers }, () => new Float64Array(T))
  for (const [i, step] of series.entries()) {
    checkLayers(step, i + 1, layers)
    learningRates[i] = step.learningRate
    let squares = 0
    for (const [l, { share, alpha }] of step.layers.entries()) {
      const square = 2 * share * (1 - alpha)
      squares += square
      parts[l]![i] = Math.sqrt(square)
      apart[i]! += parts[l]![i]!
    }
    together[i] = Math.sqrt(squares)
  }
  const lo = new Float64Array(T)
  return {
    together: unroll(learningRates, { hi: together, lo }, constants),
    apart: unroll(learningRates, { hi: apart, lo }, constants),
    logParts: parts.map((hi) => unroll(learningRates, { hi, lo }, constants).logBound),
  }
}

function checkLayers({ learningRate, layers }: LayerwiseStep, t: number, required: number): void {
  checkLearningRate(learningRate, t)
  if (layers.length !== required || required === 0) {
    throw new RangeError(
      `bound: required ${Math.max(1, required)} layers at every step, found ${layers.length} at step ${t}`,
    )
  }
  let sum = 0
  for (const { share, alpha } of layers) {
    if (!(share >= 0)) throw new RangeError(`bound: required shares ≥ 0, found ${share} at step ${t}`)
    if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`bound: required 0 ≤ α ≤ 1, found ${alpha} at step ${t}`)
    sum += share
  }
  if (!(Math.abs(sum - 1) <= SHARES_TOLERANCE)) {
    throw new RangeError(`bound: required shares that add up to 1, found ${sum} at step ${t}`)
  }
}
