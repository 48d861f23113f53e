import type { SuspectsSpec } from '../../specs/suspects-spec.ts'
import type { Task } from './task.ts'

/** Examples are ranked by how doubtful their labels look, and the rankings held against what is known. Starts anew after a kill. */
export const suspects: Task<SuspectsSpec> = {
  tables: () => ['quantities'],
  steps: () => undefined,
  load: async () => (await import('../../suspects/prepare-suspects.ts')).prepareSuspects,
}
