/** What Theorem 1 needs to know of step t. */
export interface BoundStep {
  /** η_t ≥ 0, the step size. */
  readonly learningRate: number
  /** α(w_{t−1}) in [0, 1]: coherence at the weights *before* the step. */
  readonly alpha: number
}

/** The same of all steps as two columns of equal length: entry t − 1 is step t's. A million steps so make no objects. */
export interface BoundColumns {
  readonly learningRates: Float64Array
  readonly alphas: Float64Array
}

/** What Theorem 1 needs to know of every step. */
export type BoundSeries = readonly BoundStep[] | BoundColumns

/** A series as columns, every step of it checked. */
export function columnsOf(series: BoundSeries): BoundColumns {
  if (!('alphas' in series)) {
    const T = series.length
    const learningRates = new Float64Array(T)
    const alphas = new Float64Array(T)
    for (let i = 0; i < T; i++) {
      const step = series[i]!
      checkStep(step, i + 1)
      learningRates[i] = step.learningRate
      alphas[i] = step.alpha
    }
    return { learningRates, alphas }
  }
  const { learningRates, alphas } = series
  const T = learningRates.length
  if (alphas.length !== T) {
    throw new RangeError(`bound: required an α for each of ${T} learning rates, found ${alphas.length}`)
  }
  for (let i = 0; i < T; i++) {
    const learningRate = learningRates[i]!
    const alpha = alphas[i]!
    if (!(learningRate >= 0 && learningRate < Infinity && alpha >= 0 && alpha <= 1)) {
      checkStep({ learningRate, alpha }, i + 1)
    }
  }
  return series
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
