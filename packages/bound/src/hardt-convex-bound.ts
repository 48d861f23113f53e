import { checkConstants, type BoundConstants } from './bound-constants.ts'
import { checkLearningRate } from './bound-step.ts'
import type { EarlierBound } from './earlier-bound.ts'
import { logSumExp } from './log-sum-exp.ts'

/**
 * Hardt, Recht & Singer for convex losses: uniform stability of SGD on single examples, which bounds the expected gap.
 *
 *   (2L²/m) Σ_{t=1..T} η_t,  where every η_t ≤ 2/β
 *
 * No expansion term: on a convex loss a step brings two trajectories no farther apart. Nobody's network is convex, so
 * beside Theorem 1 it says what the expansion costs.
 *
 * @param learningRates [T] η_t.
 * @throws RangeError when a learning rate or a constant is out of range.
 * @see Hardt, Recht, Singer, "Train faster, generalize better", ICML 2016, arXiv:1509.01240, Theorem 3.8.
 */
export function hardtConvexBound(learningRates: ArrayLike<number>, constants: BoundConstants): EarlierBound {
  checkConstants(constants)
  const { lipschitz, smoothness, examples } = constants
  const logs = new Float64Array(learningRates.length)
  let tooLarge = 0
  for (let t = 1; t <= logs.length; t++) {
    const rate = learningRates[t - 1]!
    checkLearningRate(rate, t)
    logs[t - 1] = Math.log(rate)
    if (rate * smoothness > 2 && tooLarge === 0) tooLarge = t
  }
  return {
    logBound: Math.LN2 + 2 * Math.log(lipschitz) - Math.log(examples) + logSumExp(logs),
    unmet: tooLarge === 0 ? [] : [`η ≤ 2/β fails at step ${tooLarge}`],
  }
}
