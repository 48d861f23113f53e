import { checkSmoothness } from './bound-constants.ts'
import { checkStep, type BoundStep } from './bound-step.ts'
import type { RunningBound } from './running-bound.ts'
import { add, assignDivergence, multiply, twofold } from './twofold.ts'
import { growBy } from './unroll.ts'

/**
 * Theorem 1 while a run goes on: the sum in (5) after one more step, without the factor L²/m.
 *
 *   S_t = (1 + η_t β) S_{t−1} + η_t √(2(1 − α(w_{t−1}))),  S_0 = 0
 *
 * {@link boundSoFar} makes a bound of it, the same number as {@link generalizationBound} gives.
 *
 * @throws RangeError as {@link generalizationBound}, which names the step.
 * @see "On the Generalization Mystery in Deep Learning", §5, equation (5).
 *
 * @example
 * let state = noSteps
 * for (const step of series) state = extendBound(state, step, 1)
 * boundSoFar(state, { lipschitz: 1, examples: 100 }).logBound
 */
export function extendBound(state: RunningBound, step: BoundStep, smoothness: number): RunningBound {
  checkSmoothness(smoothness)
  checkStep(step, state.steps + 1)
  const rate = twofold(step.learningRate)
  const term = twofold()
  assignDivergence(term, step.alpha)
  multiply(term, rate)
  growBy(rate, twofold(smoothness))
  const sum = Float64Array.of(state.hi, state.lo, state.block)
  multiply(sum, rate)
  add(sum, term)
  return { steps: state.steps + 1, hi: sum[0]!, lo: sum[1]!, block: sum[2]! }
}
