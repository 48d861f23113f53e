/** What a schedule is asked about: the weights after `step` updates. */
export interface Moment {
  /** Updates made so far; 0 before the first. */
  readonly step: number
  /** Passes over the training set so far, as a fraction: examples seen / examples per epoch. */
  readonly epoch: number
  /** Mean loss of the minibatch of the last update, before it; NaN at step 0. */
  readonly loss: number
}

/** A schedule's memory: plain data that survives a JSON round trip, so that it goes into a checkpoint. */
export type ScheduleState = Readonly<Record<string, number>>

/**
 * When to measure, as a pure function with explicit state. It is asked once about each moment, in order, and handed
 * the state that its last answer gave.
 */
export interface Schedule {
  /** The state before the first moment. */
  readonly initial: ScheduleState
  next(moment: Moment, state: ScheduleState): { readonly due: boolean; readonly state: ScheduleState }
}
