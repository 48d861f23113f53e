import type { SpecOfRun } from './spec-of-run.ts'

/** Samples of gradients, given row by row, whose coherence is measured. */
export interface GradientSampleSpec extends SpecOfRun {
  readonly task: 'gradient-samples'
  readonly samples: readonly {
    readonly name: string
    /** Row i is example i's own gradient. */
    readonly gradients: readonly (readonly number[])[]
  }[]
}
