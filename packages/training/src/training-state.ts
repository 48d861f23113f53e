import type { ScheduleState } from './schedules/schedule.ts'

/** A float32 array with its shape. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/**
 * All that training needs to go on from after `step` updates, as plain data: with the same options the rest of the run
 * is the rest of an unbroken run, to the bit on engines `wasm` and `cpu`.
 */
export interface TrainingState {
  readonly step: number
  /** Examples seen so far, over all batches. */
  readonly examplesSeen: number
  readonly weights: Readonly<Record<string, StoredTensor>>
  readonly aggregator: Readonly<Record<string, StoredTensor>>
  readonly schedules: Readonly<Record<string, ScheduleState>>
}
