import { checkLearningRate } from './bound-step.ts'

/**
 * The least c with η_t ≤ c/t at each of T steps: max_t t·η_t. How Hardt et al. and Kuzborskij & Lampert see a schedule.
 *
 * @throws RangeError when a learning rate is negative or not finite.
 */
export function harmonicScale(learningRates: ArrayLike<number>): number {
  let scale = 0
  for (let t = 1; t <= learningRates.length; t++) {
    checkLearningRate(learningRates[t - 1]!, t)
    scale = Math.max(scale, t * learningRates[t - 1]!)
  }
  return scale
}
