import type { Failure } from '@coherent-gradients/core'
import { readRows } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { existsSync } from 'node:fs'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { requireSpec } from './require-spec.ts'
import { runFiles } from './run-files.ts'

/** Reads what a run has written so far; `undefined` where it hasn't begun. */
export function loadResult(runs: string, spec: RunSpec): TE.TaskEither<Failure, RunResult | undefined> {
  const files = runFiles(runs, spec)
  if (!existsSync(files.spec)) return TE.right(undefined)
  return fn.pipe(
    requireSpec(files.spec, spec),
    TE.bindTo('_'),
    TE.bindW('steps', () => readRows(files.directory, 'steps')),
    TE.bindW('evaluations', () => readRows(files.directory, 'evaluations')),
    TE.bindW('coherence', () => readRows(files.directory, 'coherence')),
    TE.bimap(
      (failure): Failure => failure,
      ({ steps, evaluations, coherence }): RunResult => ({
        id: files.id,
        directory: files.directory,
        spec,
        done: existsSync(files.done),
        steps: steps.rows,
        evaluations: evaluations.rows,
        coherence: coherence.rows,
      }),
    ),
  )
}
