import type { DescentSpec } from '../../specs/descent-spec.ts'
import { quickTask } from './quick-task.ts'
import type { Task } from './task.ts'

/** Gradient descents on the paper's toy data. */
export const toyDescent: Task<DescentSpec> = quickTask(
  async () => (await import('../../toys/measure-descents.ts')).measureDescents,
)
