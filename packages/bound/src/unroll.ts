import type { BoundConstants } from './bound-constants.ts'
import { add, assign, copy, divide, logOf, multiply, twofold, valueOf, type Twofold } from './twofold.ts'

/** The bound after T steps, and what each of them has given. Entry t − 1 of a column is step t. */
export interface GeneralizationBound {
  /** log of the bound: finite where the bound itself is beyond float64; −Infinity where the bound is 0. */
  readonly logBound: number
  /** The bound; Infinity above about 1.8e308. */
  readonly bound: number
  /** [T] log of step t's term of (5), L²/m included: −Infinity at η_t = 0 and at α(w_{t−1}) = 1. */
  readonly logContributions: Float64Array
}

/** How far the gradients of two examples are apart before step t, as a part of L: the root in (5). */
export interface Divergences {
  readonly hi: Float64Array
  /** What `hi` rounds away. */
  readonly lo: Float64Array
}

/**
 * Equation (5) from its last step back, whatever the root in it is, with every product and sum in 106 bits.
 *
 * No logarithm is taken before the end, so nothing is lost in sums of logarithms.
 */
export function unroll(
  learningRates: Float64Array,
  { hi, lo }: Divergences,
  constants: BoundConstants,
): GeneralizationBound {
  const T = learningRates.length
  const logContributions = new Float64Array(T)
  const smoothness = twofold(constants.smoothness)
  const scale = scaleOf(constants)
  const growth = twofold(1)
  const expansion = twofold(1)
  const rate = twofold()
  const term = twofold()
  const factor = twofold()
  const sum = twofold()
  for (let t = T - 1; t >= 0; t--) {
    const learningRate = learningRates[t]!
    if (t === T - 1 || learningRate !== learningRates[t + 1]!) {
      assign(rate, learningRate)
      copy(growth, rate)
      growBy(growth, smoothness)
    }
    copy(term, rate)
    assign(factor, hi[t]!, lo[t]!)
    multiply(term, factor)
    multiply(term, scale)
    multiply(term, expansion)
    add(sum, term)
    logContributions[t] = logOf(term)
    multiply(expansion, growth)
  }
  return { logBound: logOf(sum), bound: valueOf(sum), logContributions }
}

const ONE: Twofold = twofold(1)

/** rate ← 1 + rate · β. */
export function growBy(rate: Twofold, smoothness: Twofold): void {
  multiply(rate, smoothness)
  add(rate, ONE)
}

/** L²/m. */
export function scaleOf({ lipschitz, examples }: BoundConstants): Twofold {
  const scale = twofold(lipschitz)
  multiply(scale, twofold(lipschitz))
  divide(scale, examples)
  return scale
}
