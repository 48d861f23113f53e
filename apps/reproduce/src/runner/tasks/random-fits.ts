import type { RandomFitsSpec } from '../../specs/random-fits-spec.ts'
import { quickTask } from './quick-task.ts'
import type { Task } from './task.ts'

/** Linear models fitted to random labels, by the number of examples. */
export const randomFits: Task<RandomFitsSpec> = quickTask(
  async () => (await import('../../toys/measure-random-fits.ts')).measureRandomFits,
)
