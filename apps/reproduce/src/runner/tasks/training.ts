import type { TrainingSpec } from '../../run-spec.ts'
import type { Task } from './task.ts'

/** A network is trained on a data set, tested and measured; it goes on from its last checkpoint. */
export const training: Task<TrainingSpec> = {
  tables: ({ measure }) => [
    'steps',
    'evaluations',
    'coherence',
    ...(measure.imputation === undefined ? [] : ['imputations' as const]),
  ],
  steps: (spec) => spec.training.steps,
  load: async () => (await import('../run-training.ts')).prepareTraining,
}
