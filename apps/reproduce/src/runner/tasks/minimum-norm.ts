import type { MinimumNormSpec } from '../../specs/minimum-norm-spec.ts'
import type { Task } from './task.ts'

/** Fits of least norm by n, kernel and labels. A run that was killed starts anew. */
export const minimumNorm: Task<MinimumNormSpec> = {
  tables: () => ['quantities'],
  steps: () => undefined,
  load: async () => (await import('../../minimum-norm/prepare-minimum-norm.ts')).prepareMinimumNorm,
}
