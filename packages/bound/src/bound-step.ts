/** What Theorem 1 needs to know of step t. */
export interface BoundStep {
  /** η_t ≥ 0, the step size. */
  readonly learningRate: number
  /** α(w_{t−1}) in [0, 1]: coherence at the weights *before* the step. */
  readonly alpha: number
}

/** Refuses a step outside the theorem's terms; `t` counts from 1. */
export function checkStep({ learningRate, alpha }: BoundStep, t: number): void {
  checkLearningRate(learningRate, t)
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`bound: required 0 ≤ α ≤ 1, found ${alpha} at step ${t}`)
}

/** Refuses a learning rate outside the theorem's terms; `t` counts from 1. */
export function checkLearningRate(learningRate: number, t: number): void {
  if (!(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`bound: required a finite learning rate ≥ 0, found ${learningRate} at step ${t}`)
  }
}
