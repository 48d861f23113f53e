/** What Theorem 1 needs to know of step t. */
export interface BoundStep {
  /** η_t ≥ 0, the step size. */
  readonly learningRate: number
  /** α(w_{t−1}) in [0, 1]: coherence at the weights *before* the step. */
  readonly alpha: number
}

/** Refuses a step outside the theorem's terms; `t` counts from 1. */
export function checkStep({ learningRate, alpha }: BoundStep, t: number): void {
  if (!(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`bound: required a finite learning rate ≥ 0, found ${learningRate} at step ${t}`)
  }
  if (!(alpha >= 0 && alpha <= 1)) throw new RangeError(`bound: required 0 ≤ α ≤ 1, found ${alpha} at step ${t}`)
}

/** Refuses a smoothness outside the theorem's terms. */
export function checkSmoothness(smoothness: number): void {
  if (!(smoothness >= 0 && smoothness < Infinity)) {
    throw new RangeError(`bound: required a finite smoothness β ≥ 0, found ${smoothness}`)
  }
}

/** log(1 + η_t β), finite even where the product is beyond float64. */
export function logGrowth({ learningRate }: BoundStep, smoothness: number): number {
  const product = learningRate * smoothness
  return product < Infinity ? Math.log1p(product) : Math.log(learningRate) + Math.log(smoothness)
}

/** log(η_t √(2(1 − α(w_{t−1})))): −Infinity at η = 0 and at α = 1. */
export function logDivergence({ learningRate, alpha }: BoundStep): number {
  return Math.log(learningRate) + Math.log(2 * (1 - alpha)) / 2
}
