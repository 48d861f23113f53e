import type { CoherenceRow, EvaluationRow, ImputationRow, QuantityRow, StepRow } from '@coherent-gradients/runlog'
import type { RunSpec, TrainingSpec } from './run-spec.ts'

/**
 * A run as figures and verdicts see it: its spec and its tables' rows, of a training run unless said. `done` is false
 * while it runs or after a kill. Tables that runs of its kind don't write are empty.
 */
export interface RunResult<Spec extends RunSpec = TrainingSpec> {
  readonly id: string
  readonly directory: string
  readonly spec: Spec
  readonly done: boolean
  readonly steps: readonly StepRow[]
  readonly evaluations: readonly EvaluationRow[]
  readonly coherence: readonly CoherenceRow[]
  /** Only of a run whose spec asks for imputation. */
  readonly imputations: readonly ImputationRow[]
  /** What runs measure that train no network. */
  readonly quantities: readonly QuantityRow[]
}
