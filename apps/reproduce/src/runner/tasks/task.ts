import type { Failure } from '@coherent-gradients/core'
import type { Checkpoint, RunLog, TableName } from '@coherent-gradients/runlog'
import type { taskEither as TE } from 'fp-ts'
import type { RunSpec } from '../../run-spec.ts'
import type { DataHash } from '../data-hash-of.ts'
import type { DataPlace } from '../open-data.ts'
import type { RunEnd } from '../run-end.ts'
import type { RunProgress } from '../run-progress.ts'

/** A kind of work that runs do: training a network, descending on a toy problem, … One file each, and a line in `index.ts`. */
export interface Task<Spec extends RunSpec = RunSpec> {
  /** The tables that a run writes. */
  tables(spec: Spec): readonly TableName[]
  /** The steps that a run makes at most; `undefined` where it isn't made of steps. */
  steps(spec: Spec): number | undefined
  /** What makes a run. Loaded when one is made, since figures and `status` don't need it. */
  load(): Promise<Prepare<Spec>>
}

/**
 * Gets together what a run needs before anything of it is written: what fails here leaves no trace. The engine that the
 * spec names, if it does, is open and current.
 */
type Prepare<Spec extends RunSpec> = (order: Order<Spec>) => TE.TaskEither<Failure, Prepared>

export interface Order<Spec extends RunSpec> extends DataPlace {
  readonly spec: Spec
  /** The folder of all runs, which also keeps what they share. */
  readonly runs: string
}

export interface Prepared {
  /** The data that the run goes by, told by their content, for `environment.json`. */
  readonly data: Readonly<Record<string, DataHash>>
  /**
   * Does the work and closes the log.
   *
   * @returns why it ended.
   */
  make(desk: Desk): Promise<RunEnd>
}

/** Where a run writes, and from where it goes on. */
export interface Desk {
  /** The run's tables, cut back to the checkpoint. */
  readonly log: RunLog
  /** Where it goes on; null at its start. A run that never saves starts anew after a kill. */
  readonly checkpoint: Checkpoint | null
  /** Rejects when the checkpoint can't be written, with the failure as the error's cause. */
  save(checkpoint: Checkpoint): Promise<void>
  tell(progress: RunProgress): void
}
