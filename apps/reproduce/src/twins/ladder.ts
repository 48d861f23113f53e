/** What is known of one step of K twins. */
export interface LadderStep {
  /** [K] ξ/b. */
  readonly shares: ArrayLike<number>
  /** [K] ‖g(w_{t−1}, z) − g(w_{t−1}, z′)‖, where ξ isn't 0. */
  readonly differences: ArrayLike<number>
  /** α at w_{t−1}, or at the last weights before that were looked at. */
  readonly alpha: number
  /** E‖g‖² there. */
  readonly meanSquaredNorm: number
}

export interface LadderConstants {
  readonly learningRate: number
  readonly lipschitz: number
  readonly smoothness: number
  readonly examples: number
}

/** Logarithms of how far apart the proof's steps let two trainings be, the first nearest to what is measured. */
export interface Ladder {
  /** Growth by 1 + ηβ a step, and the differences of gradients that were met; mean over the twins. */
  readonly logGrowth: number
  /** (η/m) √(2(1 − α)E‖g‖²) in place of these: the expectation, and Lemma 6. */
  readonly logLemma6: number
  /** L √(2(1 − α)) in place of the root: what stands in Theorem 1. */
  readonly logTheorem: number
}

/** The recursion of Theorem 1's proof, with less and less put in of what was measured. */
export function ladder(steps: readonly LadderStep[], constants: LadderConstants): Ladder {
  const { learningRate, lipschitz, smoothness, examples } = constants
  const log1 = Math.log1p(learningRate * smoothness)
  const K = steps[0]?.shares.length ?? 0
  const unrolled = (terms: readonly number[]): number =>
    terms.reduce((log, term) => logAdd(log + log1, Math.log(term)), -Infinity)
  const byTwin = Array.from({ length: K }, (_, k) =>
    unrolled(
      steps.map(({ shares, differences }) => (shares[k]! > 0 ? learningRate * shares[k]! * differences[k]! : 0)),
    ),
  )
  const expected = (lengthOf: (step: LadderStep) => number): number =>
    unrolled(
      steps.map((step) => (learningRate / examples) * Math.sqrt(2 * (1 - Math.max(0, step.alpha))) * lengthOf(step)),
    )
  return {
    logGrowth: byTwin.reduce(logAdd, -Infinity) - Math.log(K),
    logLemma6: expected((step) => Math.sqrt(step.meanSquaredNorm)),
    logTheorem: expected(() => lipschitz),
  }
}

/** log(eᵃ + eᵇ). */
function logAdd(a: number, b: number): number {
  const high = Math.max(a, b)
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high))
}
