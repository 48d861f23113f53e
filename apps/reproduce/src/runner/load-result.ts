import type { Failure } from '@coherent-gradients/core'
import { readRows } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { existsSync } from 'node:fs'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { requireSpec } from './require-spec.ts'
import { runFiles } from './run-files.ts'

/**
 * Reads what a run has written so far; `undefined` where it hasn't begun. A torn tail is expected while a run goes on or
 * after a kill; in a run that is done it is a failure.
 */
export function loadResult(runs: string, spec: RunSpec): TE.TaskEither<Failure, RunResult | undefined> {
  const files = runFiles(runs, spec)
  if (!existsSync(files.spec)) return TE.right(undefined)
  return fn.pipe(
    requireSpec(files.spec, spec),
    TE.bindTo('_'),
    TE.bindW('steps', () => readRows(files.directory, 'steps')),
    TE.bindW('evaluations', () => readRows(files.directory, 'evaluations')),
    TE.bindW('coherence', () => readRows(files.directory, 'coherence')),
    TE.bindW('imputations', () =>
      spec.measure.imputation === undefined
        ? TE.right({ rows: [], torn: false, ended: true })
        : readRows(files.directory, 'imputations'),
    ),
    TE.filterOrElseW(
      ({ steps, evaluations, coherence, imputations }) =>
        !existsSync(files.done) || [steps, evaluations, coherence, imputations].every((table) => table.ended),
      () => torn(files.directory),
    ),
    TE.bimap(
      (failure): Failure => failure,
      ({ steps, evaluations, coherence, imputations }): RunResult => ({
        id: files.id,
        directory: files.directory,
        spec,
        done: existsSync(files.done),
        steps: steps.rows,
        evaluations: evaluations.rows,
        coherence: coherence.rows,
        imputations: imputations.rows,
      }),
    ),
  )
}

/** A table without its end in a run that had ended: something cut it afterwards. */
function torn(directory: string): Failure {
  const message = `${directory} holds a table that was cut off after the run had ended: remove the folder and run it again`
  return { _tag: 'RunDamaged', message }
}
