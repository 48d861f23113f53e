import { readFile } from 'node:fs/promises'
import { function as fn, taskEither as TE } from 'fp-ts'
import { readFailure, type ReadTableFailure } from './failures.ts'
import { parseTable, type ParsedTable } from './parse-table.ts'
import { tableFile } from './table-file.ts'
import type { TableName, TableRows } from './tables.ts'

/** A table as far as it was written. */
export interface TableContents<Name extends TableName> {
  readonly rows: readonly TableRows[Name][]
  /** The file breaks off inside a message, as a kill leaves it or a look at a running run: `rows` are those before. */
  readonly torn: boolean
  /** The log was closed: no rows will follow. */
  readonly ended: boolean
}

/**
 * Reads a table of a run, running, ended or killed. Rows come in whole flushes: those of every complete RecordBatch.
 *
 * A last message that is cut off or doesn't match its own checksum is a torn tail (`torn: true`); a bad one with
 * others behind it is damage.
 *
 * @returns `FileNotFound` or `ReadFailed`; `NotArrow` or `SchemaMismatch` when the file is something else than this
 *   table; `TableDamaged` when a message inside is bad. Each says what was expected and what was found.
 *
 * @example
 * const contents = await readRows('runs/a', 'steps')() // Either<ReadTableFailure, { rows, torn, ended }>
 */
export function readRows<Name extends TableName>(
  directory: string,
  table: Name,
): TE.TaskEither<ReadTableFailure, TableContents<Name>> {
  return fn.pipe(
    readTable(directory, table),
    TE.map(({ batches, torn, ended }) => ({
      rows: batches.flat() as unknown as readonly TableRows[Name][],
      torn,
      ended,
    })),
  )
}

/** A table's file, or its first `length` bytes, read and parsed. */
export function readTable(
  directory: string,
  table: TableName,
  length?: number,
): TE.TaskEither<ReadTableFailure, ParsedTable> {
  const file = tableFile(directory, table)
  return fn.pipe(
    TE.tryCatch(
      () => readFile(file),
      (cause) => readFailure(file, cause),
    ),
    TE.chainEitherKW((bytes) => parseTable(file, table, bytes.subarray(0, length))),
  )
}
