import type { SpecOfRun } from './spec-of-run.ts'

/** Two-layer ReLU networks of 2n + d weights, written down so that they fit n points of d numbers with random labels. */
export interface ExpressivitySpec extends SpecOfRun {
  readonly task: 'expressivity'
  /** d. */
  readonly inputs: number
  /** Each n is tried with points and labels of its own. */
  readonly sizes: readonly number[]
  /** How many labellings of each n. */
  readonly labellings: number
  /** The n whose network is drawn along the projection. */
  readonly drawn: number
}
