import { createHash } from 'node:crypto'
import { function as fn, taskEither as TE } from 'fp-ts'
import { encodeBatch } from './encode-batch.ts'
import { columnsOf, type AnyRow } from './columns-of.ts'
import type { ReadTableFailure } from './failures.ts'
import { readTable } from './read-rows.ts'
import { schemaMessage } from './stream-bytes.ts'
import type { TableName } from './tables.ts'

/**
 * sha256, in hex, of everything in a table's file but its clock columns: schema, values, nulls, where flushes ended,
 * whether it is torn or ended. Two runs of the same spec have the same digest, however often they were killed.
 *
 * @returns the failures of `readRows`.
 */
export function tableDigest(directory: string, table: TableName): TE.TaskEither<ReadTableFailure, string> {
  return fn.pipe(
    readTable(directory, table),
    TE.map(({ batches, torn, ended }) => {
      const hash = createHash('sha256').update(schemaMessage(table))
      for (const rows of batches) hash.update(encodeBatch(table, withClocksAtZero(table, rows)))
      return hash.update(JSON.stringify({ torn, ended })).digest('hex')
    }),
  )
}

function withClocksAtZero(table: TableName, rows: readonly AnyRow[]): readonly AnyRow[] {
  const clocks = Object.fromEntries(columnsOf(table).flatMap(({ clock, key }) => (clock ? [[key, 0]] : [])))
  return rows.map((row) => ({ ...row, ...clocks }))
}
