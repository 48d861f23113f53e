import { function as fn, taskEither as TE } from 'fp-ts'
import type { WriteFailed } from './failures.ts'
import { openRunLog, type RunLog } from './run-log.ts'
import { schemaMessage } from './stream-bytes.ts'
import { tableFile } from './table-file.ts'
import type { TableName } from './tables.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/**
 * Begins the tables of a run: each named one gets its file with its schema at once, rows or not. The directory is made
 * where it is missing; a table that is already there is begun anew.
 *
 * @returns `WriteFailed` when the directory cannot be written.
 *
 * @example
 * const log = await createRunLog('runs/a', ['steps', 'coherence'])() // Either<WriteFailed, RunLog>
 */
export function createRunLog(directory: string, tables: readonly TableName[]): TE.TaskEither<WriteFailed, RunLog> {
  return fn.pipe(
    tables,
    TE.traverseSeqArray((table) => {
      const schema = schemaMessage(table)
      return fn.pipe(
        writeFileAtomically(tableFile(directory, table), schema),
        TE.map(() => [table, schema.byteLength] as const),
      )
    }),
    TE.map((offsets) => openRunLog(directory, Object.fromEntries(offsets))),
  )
}
