import type { Failure } from '@coherent-gradients/core'
import { readRows, type ReadTableFailure, type TableName, type TableRows } from '@coherent-gradients/runlog'
import { function as fn, taskEither as TE } from 'fp-ts'
import { existsSync } from 'node:fs'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { requireSpec } from './require-spec.ts'
import { runFiles } from './run-files.ts'
import { tablesOf } from './tables-of.ts'

/**
 * Reads what a run has written so far; `undefined` where it hasn't begun. A torn tail is expected while a run goes on or
 * after a kill; in a run that is done it is a failure.
 */
export function loadResult(runs: string, spec: RunSpec): TE.TaskEither<Failure, RunResult<RunSpec> | undefined> {
  const files = runFiles(runs, spec)
  if (!existsSync(files.spec)) return TE.right(undefined)
  const done = existsSync(files.done)
  const written = tablesOf(spec)
  const rowsOf = <Name extends TableName>(
    table: Name,
  ): TE.TaskEither<ReadTableFailure | Failure, readonly TableRows[Name][]> =>
    written.includes(table)
      ? fn.pipe(
          readRows(files.directory, table),
          TE.chainW(({ rows, ended }) => (done && !ended ? TE.left(torn(files.directory)) : TE.right(rows))),
        )
      : TE.right([])
  return fn.pipe(
    requireSpec(files.spec, spec),
    TE.chainW(() => rowsOf('steps')),
    TE.bindTo('steps'),
    TE.bindW('evaluations', () => rowsOf('evaluations')),
    TE.bindW('coherence', () => rowsOf('coherence')),
    TE.bindW('imputations', () => rowsOf('imputations')),
    TE.bindW('quantities', () => rowsOf('quantities')),
    TE.bimap(
      (failure): Failure => failure,
      (tables): RunResult<RunSpec> => ({ id: files.id, directory: files.directory, spec, done, ...tables }),
    ),
  )
}

/** A table without its end in a run that had ended: something cut it afterwards. */
function torn(directory: string): Failure {
  const message = `${directory} holds a table that was cut off after the run had ended: remove the folder and run it again`
  return { _tag: 'RunDamaged', message }
}
