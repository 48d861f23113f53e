/** The sum in (5) after some steps, without L²/m. Plain data, fit for a checkpoint. */
export interface RunningBound {
  /** Steps made so far. */
  readonly steps: number
  /** The sum as (hi + lo) · 2^(600·block). */
  readonly hi: number
  readonly lo: number
  readonly block: number
}

/** Before the first step: nothing has diverged. */
export const noSteps: RunningBound = { steps: 0, hi: 0, lo: 0, block: 0 }
