import type { SpecOfRun } from './spec-of-run.ts'

/** A linear model of six weights fitted to m examples with random labels, for m from fewer than weights to many more. */
export interface RandomFitsSpec extends SpecOfRun {
  readonly task: 'random-fits'
  /** m. */
  readonly sizes: readonly number[]
  /** How many training sets of each m. */
  readonly draws: number
  /** Fresh examples, with random labels as well. */
  readonly test: number
  readonly learningRate: number
  readonly steps: number
}
