export {
  coherenceCallback,
  type CoherenceCallbackOptions,
  type CoherenceTableOptions,
  type FitMeasurement,
} from './coherence-callback.ts'
export type { CoherenceTable } from './into-table.ts'
export { evaluate, type EvaluateOptions, type Evaluation } from './evaluate.ts'
export { flatGradient, type FlatGradient } from './flat-gradient.ts'
export { gradientNorms } from './gradient-norms.ts'
export { anyOf } from './schedules/any-of.ts'
export { atSteps } from './schedules/at-steps.ts'
export { everyEpoch } from './schedules/every-epoch.ts'
export { everyFall } from './schedules/every-fall.ts'
export { everySteps } from './schedules/every-steps.ts'
export type { Moment, Schedule, ScheduleState } from './schedules/schedule.ts'
export { summarise, type Summary } from './summarise.ts'
export { tensorBatch } from './tensor-batch.ts'
export { train } from './train.ts'
export { twins, type Replacement, type TwinsOptions, type TwinStep } from './twins.ts'
export type { TrainingEvent } from './training-event.ts'
export type { Probe, TrainingOptions } from './training-options.ts'
export type { StoredTensor, TrainingState } from './training-state.ts'
