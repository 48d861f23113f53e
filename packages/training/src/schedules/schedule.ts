/** What a schedule is asked about: the weights after `step` updates. */
export interface Moment {
  /** Updates made so far; 0 before the first. */
  readonly step: number
  /** Passes over the training set so far, as a fraction. */
  readonly epoch: number
  /** Mean loss of the minibatch of the last update, before it; NaN at step 0. */
  readonly loss: number
}

/** A schedule's memory: plain data, so that it goes into a checkpoint. */
export type ScheduleState = Readonly<Record<string, number>>

/** When to measure, as a pair of pure functions with explicit state. */
export interface Schedule {
  readonly initial: ScheduleState
  next(moment: Moment, state: ScheduleState): { readonly due: boolean; readonly state: ScheduleState }
}
