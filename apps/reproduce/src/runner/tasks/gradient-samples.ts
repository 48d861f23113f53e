import type { GradientSampleSpec } from '../../specs/gradient-sample-spec.ts'
import { quickTask } from './quick-task.ts'
import type { Task } from './task.ts'

/** Coherence of samples of gradients that are given row by row. */
export const gradientSamples: Task<GradientSampleSpec> = quickTask(
  async () => (await import('../../toys/measure-samples.ts')).measureSamples,
)
