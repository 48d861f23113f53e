import { appendFile } from 'node:fs/promises'
import { either as E, taskEither as TE } from 'fp-ts'
import { checkedRow } from './checked-row.ts'
import { columnsOf, type AnyRow, type Column } from './columns-of.ts'
import { encodeBatch } from './encode-batch.ts'
import { writeFailure } from './failures.ts'
import { END_OF_STREAM } from './stream-bytes.ts'
import { tableFile } from './table-file.ts'
import type { TableName, TableRows } from './tables.ts'

/** Each table's length in bytes after a flush: what a checkpoint stores, and where `resumeRunLog` cuts. */
export type Offsets = Readonly<Partial<Record<TableName, number>>>

/** The tables of a run, open for writing by one writer. No file is held open between flushes. */
export interface RunLog {
  readonly directory: string
  /**
   * Keeps a row for the next flush.
   *
   * @throws TypeError when a value doesn't fit its column; RangeError when the log hasn't such a table or is closed.
   */
  append<Name extends TableName>(table: Name, row: TableRows[Name]): void
  /**
   * Writes the rows kept, as one RecordBatch for each table that has any, and fsyncs them. Flushes run one after
   * another; rows appended meanwhile wait for the next.
   *
   * Rejects when a file cannot be written, with an Error whose `cause` is the `WriteFailed` failure; then every later
   * flush rejects likewise, and the run goes on from its last checkpoint.
   */
  flush(): Promise<Offsets>
  /** Flushes, then ends every table with Arrow's end-of-stream mark. The offsets are those before the marks. */
  close(): Promise<Offsets>
}

interface OpenTable {
  readonly columns: readonly Column[]
  rows: AnyRow[]
  offset: number
}

/** A log over files that are exactly as long as `offsets` says. */
export function openRunLog(directory: string, offsets: Offsets): RunLog {
  const open = new Map<TableName, OpenTable>(
    Object.entries(offsets).map(([name, offset]) => {
      const table = name as TableName
      return [table, { columns: columnsOf(table), rows: [], offset }]
    }),
  )
  let written: Promise<unknown> = Promise.resolve()
  let closed = false

  const refuseClosed = (what: string): void => {
    if (closed) throw new RangeError(`${what}: required an open run log, found a closed one (${directory})`)
  }

  const currentOffsets = (): Offsets => Object.fromEntries([...open].map(([name, table]) => [name, table.offset]))

  const writeBatches = (): Promise<Offsets> => {
    const pending = [...open].filter(([, table]) => table.rows.length > 0)
    const batches = pending.map(([name, table]) => ({ name, table, rows: table.rows }))
    for (const { table } of batches) table.rows = []
    const flushed = written.then(async () => {
      for (const { name, table, rows } of batches) {
        const bytes = encodeBatch(name, rows)
        await appendTo(tableFile(directory, name), bytes)
        table.offset += bytes.byteLength
      }
      return currentOffsets()
    })
    written = flushed
    return flushed
  }

  return {
    directory,
    append(name, row) {
      refuseClosed('append')
      const table = open.get(name)
      if (table === undefined)
        throw new RangeError(`append: required one of the tables ${[...open.keys()].join(', ')}, found ${name}`)
      table.rows.push({ ...checkedRow(name, table.columns, row) })
    },
    async flush() {
      refuseClosed('flush')
      return writeBatches()
    },
    async close() {
      refuseClosed('close')
      const flushed = writeBatches()
      closed = true
      const end = await flushed
      for (const name of open.keys()) await appendTo(tableFile(directory, name), END_OF_STREAM)
      return end
    },
  }
}

async function appendTo(file: string, bytes: Uint8Array): Promise<void> {
  const appended = await TE.tryCatch(
    () => appendFile(file, bytes, { flush: true }),
    (cause) => writeFailure(file, cause),
  )()
  if (E.isLeft(appended)) throw new Error(appended.left.message, { cause: appended.left })
}
