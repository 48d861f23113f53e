import type { InitialisationSpec } from '../../specs/initialisation-spec.ts'
import { quickTask } from './quick-task.ts'
import type { Task } from './task.ts'

/** Where the two neurons of Example 8 end, from every cell of a grid of first weights. */
export const initialisations: Task<InitialisationSpec> = quickTask(
  async () => (await import('../../toys/measure-initialisations.ts')).measureInitialisations,
)
