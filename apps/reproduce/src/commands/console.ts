import type { Output } from '../console/terminal.ts'

/** Where a command speaks, and the clock that its progress is timed by. */
export interface Console {
  readonly out: Output
  readonly err: Output
  /** Milliseconds from any start. */
  readonly clock: () => number
}
