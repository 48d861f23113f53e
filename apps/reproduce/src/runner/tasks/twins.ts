import type { TwinsSpec } from '../../specs/twins-spec.ts'
import type { Task } from './task.ts'

/** Twins are trained on sets that differ in one example. A run that was killed starts anew. */
export const twins: Task<TwinsSpec> = {
  tables: () => ['quantities'],
  steps: (spec) => spec.training.steps,
  load: async () => (await import('../../twins/prepare-twins.ts')).prepareTwins,
}
