import { runId } from '@coherent-gradients/runlog'
import { join } from 'node:path'
import type { RunSpec } from '../run-spec.ts'

/** Where the files of a run are: `<runs>/<experiment>/<run id>/…`. */
export interface RunFiles {
  readonly id: string
  readonly directory: string
  readonly spec: string
  readonly environment: string
  readonly checkpoint: string
  readonly done: string
  /** What whoever makes the run has locked, see `run-lock.ts`; not there once it is done. */
  readonly lock: string
}

/** The same spec always has the same folder: the run's id is the hash of its canonical JSON. */
export function runFiles(runs: string, spec: RunSpec): RunFiles {
  const id = runId(spec)
  const directory = join(runs, spec.experiment, id)
  const file = (name: string): string => join(directory, name)
  return {
    id,
    directory,
    spec: file('spec.json'),
    environment: file('environment.json'),
    checkpoint: file('checkpoint'),
    done: file('DONE'),
    lock: file('lock'),
  }
}
