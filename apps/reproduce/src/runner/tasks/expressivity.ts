import type { ExpressivitySpec } from '../../specs/expressivity-spec.ts'
import { quickTask } from './quick-task.ts'
import type { Task } from './task.ts'

/** Two-layer ReLU networks that fit any points. */
export const expressivity: Task<ExpressivitySpec> = quickTask(
  async () => (await import('../../expressivity/measure-expressivity.ts')).measureExpressivity,
)
