import { checkConstants, type BoundConstants } from './bound-constants.ts'
import { columnsOf, type BoundColumns, type BoundSeries } from './bound-step.ts'
import { isOrdinary, unrollSwiftly } from './unroll-swiftly.ts'
import { assignDivergence, twofold } from './twofold.ts'
import { unroll, type GeneralizationBound } from './unroll.ts'

/**
 * Theorem 1: a bound on the expected gap between training and test loss after T steps of (stochastic) gradient descent.
 *
 *   |gap| ≤ (L²/m) Σ_{t=1..T} [Π_{k=t+1..T} (1 + η_k β)] · η_t · √(2(1 − α(w_{t−1})))
 *
 * Index legend: step t of T; m training examples; `series[t − 1]` holds η_t and α(w_{t−1}), the coherence at the
 * weights before step t, or two columns hold all of them. In O(T), and each logarithm is right to about 1e-15 of itself: products and
 * sums are kept in 106 bits with an exponent of their own, and logarithms are taken of nothing but the results.
 *
 * Qualitative only: the paper itself calls the bound extremely loose. L and β are constants that nobody knows, and the
 * coherence term matters only where α is near 1. What it does say: more examples, fewer or smaller steps and higher
 * coherence tighten it, and coherence early in training counts for more than late. The theorem's α is the
 * distribution's; α measured on a sample tends to be higher, which makes the result smaller than the theorem's:
 * {@link labelsOf} says what a result may be called.
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
export function generalizationBound(series: BoundSeries, constants: BoundConstants): GeneralizationBound {
  checkConstants(constants)
  const columns = columnsOf(series)
  return isOrdinary(columns.learningRates, constants)
    ? unrollSwiftly(columns, constants)
    : unrollColumns(columns, constants)
}

/** The same where a number is so large or small that products with it may leave float64. */
export function unrollColumns({ learningRates, alphas }: BoundColumns, constants: BoundConstants): GeneralizationBound {
  const T = learningRates.length
  const hi = new Float64Array(T)
  const lo = new Float64Array(T)
  const root = twofold()
  for (let i = 0; i < T; i++) {
    assignDivergence(root, alphas[i]!)
    hi[i] = root[0]!
    lo[i] = root[1]!
  }
  return unroll(learningRates, { hi, lo }, constants)
}
