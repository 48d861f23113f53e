import type { RunResult } from '../../run-result.ts'

/** Accuracy of guessing among MNIST's ten classes. */
export const CHANCE = 0.1

/** Accuracy of guessing among the classes of a run's data: a thousand in ImageNet, ten in all others that are trained on. */
export function chanceOf({ spec }: RunResult): number {
  return spec.data.dataset === 'imagenet' ? 1e-3 : CHANCE
}
