import type { RunEnd } from './run-end.ts'

/** What a run's file DONE holds. */
export interface RunDone {
  readonly why: RunEnd
  /** When it was begun, or gone on with for the last time, in milliseconds since 1970. */
  readonly began: number
  readonly ended: number
}
