import { checkSmoothness, checkStep, logDivergence, logGrowth, type BoundStep } from './bound-step.ts'
import { logSumExp } from './log-sum-exp.ts'

/**
 * Theorem 1 while a run goes on: the log of the sum in (5) after one more step, without the factor L²/m.
 *
 *   S_t = (1 + η_t β) S_{t−1} + η_t √(2(1 − α(w_{t−1}))),  log S_0 = −Infinity
 *
 * Add log(L²/m) for the bound itself; {@link generalizationBound} gives the same number, and each step's part in it.
 *
 * @throws RangeError as {@link generalizationBound}; `t` is the step that an error names.
 * @see "On the Generalization Mystery in Deep Learning", §5, equation (5).
 *
 * @example
 * let logSum = -Infinity
 * for (const [i, step] of series.entries()) logSum = extendLogBound(logSum, step, { smoothness: 1, t: i + 1 })
 */
export function extendLogBound(
  logSum: number,
  step: BoundStep,
  { smoothness, t }: { readonly smoothness: number; readonly t: number },
): number {
  checkSmoothness(smoothness)
  checkStep(step, t)
  return logSumExp([logSum + logGrowth(step, smoothness), logDivergence(step)])
}
