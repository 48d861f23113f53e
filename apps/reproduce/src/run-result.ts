import type { CoherenceRow, EvaluationRow, ImputationRow, StepRow } from '@coherent-gradients/runlog'
import type { RunSpec } from './run-spec.ts'

/** A run as figures and verdicts see it: its spec and its tables' rows. `done` is false while it runs or after a kill. */
export interface RunResult {
  readonly id: string
  readonly directory: string
  readonly spec: RunSpec
  readonly done: boolean
  readonly steps: readonly StepRow[]
  readonly evaluations: readonly EvaluationRow[]
  readonly coherence: readonly CoherenceRow[]
  /** Only of a run whose spec asks for imputation. */
  readonly imputations: readonly ImputationRow[]
}
