import { checkSmoothness, checkStep, logDivergence, logGrowth, type BoundStep } from './bound-step.ts'
import { logSumExp } from './log-sum-exp.ts'

/** The constants of Theorem 1. Nobody knows them for a real network: choose, and read the result as a shape in time. */
export interface BoundConstants {
  /** L ≥ 0: bounds how fast the loss of one example changes with the weights, and the length of its gradient. */
  readonly lipschitz: number
  /** β ≥ 0: bounds how fast the gradient of one example changes with the weights. */
  readonly smoothness: number
  /** m ≥ 1: the number of training examples. The size of the batches is not in the bound. */
  readonly examples: number
}

/** Step t's part in the bound after T steps. */
export interface BoundContribution {
  /** t, from 1. */
  readonly step: number
  /** log Π_{k=t+1..T} (1 + η_k β): how much later steps enlarge what this step let diverge. */
  readonly logExpansion: number
  /** log of this step's term of (5), L²/m included: −Infinity at η_t = 0 and at α(w_{t−1}) = 1. */
  readonly logContribution: number
}

/** The bound after T steps. */
export interface GeneralizationBound {
  /** log of the bound: finite where the bound itself is beyond float64; −Infinity where the bound is 0. */
  readonly logBound: number
  /** The bound; Infinity above about 1.8e308. */
  readonly bound: number
  /** One entry a step, in order. */
  readonly steps: readonly BoundContribution[]
}

/**
 * Theorem 1: a bound on the expected gap between training and test loss after T steps of (stochastic) gradient descent.
 *
 *   |gap| ≤ (L²/m) Σ_{t=1..T} [Π_{k=t+1..T} (1 + η_k β)] · η_t · √(2(1 − α(w_{t−1})))
 *
 * Index legend: step t of T = `series.length`; m training examples; `series[t − 1]` holds η_t and α(w_{t−1}), the
 * coherence at the weights before step t. Computed in logarithms, in O(T).
 *
 * Qualitative only: the paper itself calls the bound extremely loose. L and β are constants that nobody knows, and the
 * coherence term matters only where α is near 1. What it does say: more examples, fewer or smaller steps and higher
 * coherence tighten it, and coherence early in training counts for more than late. The theorem's α is the
 * distribution's; α measured on a sample tends to be higher, which makes the result smaller than the theorem's.
 *
 * @returns for an empty series a bound of 0.
 * @throws RangeError, with required and found, when α is outside [0, 1] (no allowance for rounding: `alpha` of
 *   `@coherent-gradients/coherence` never exceeds 1), when η, β or L is negative or not finite, or when m is not a
 *   whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §5, Theorem 1, equation (5), and footnotes 15 and 16.
 *
 * @example
 * generalizationBound([{ learningRate: 0.1, alpha: 0.5 }], { lipschitz: 1, smoothness: 1, examples: 100 }).bound // 0.001
 */
export function generalizationBound(series: readonly BoundStep[], constants: BoundConstants): GeneralizationBound {
  const { lipschitz, smoothness, examples } = constants
  checkSmoothness(smoothness)
  if (!(lipschitz >= 0 && lipschitz < Infinity)) {
    throw new RangeError(`bound: required a finite Lipschitz constant L ≥ 0, found ${lipschitz}`)
  }
  if (!Number.isInteger(examples) || examples < 1) {
    throw new RangeError(`bound: required a whole number of examples m ≥ 1, found ${examples}`)
  }
  const logScale = 2 * Math.log(lipschitz) - Math.log(examples)
  const steps: BoundContribution[] = []
  let logExpansion = 0
  for (let t = series.length; t >= 1; t--) {
    const step = series[t - 1]!
    checkStep(step, t)
    steps.push({ step: t, logExpansion, logContribution: logScale + logExpansion + logDivergence(step) })
    logExpansion += logGrowth(step, smoothness)
  }
  steps.reverse()
  const logBound = logSumExp(steps.map((step) => step.logContribution))
  return { logBound, bound: Math.exp(logBound), steps }
}
