import { open } from 'node:fs/promises'
import { function as fn, taskEither as TE } from 'fp-ts'
import { mismatch, writeFailure, type OffsetMismatch, type RunLogFailure, type WriteFailed } from './failures.ts'
import type { ParsedTable } from './parse-table.ts'
import { readTable } from './read-rows.ts'
import { openRunLog, type Offsets, type RunLog } from './run-log.ts'
import { tableFile } from './table-file.ts'
import type { TableName } from './tables.ts'

/**
 * Goes on with the tables of a run from a checkpoint: each file is cut to the offset that a flush returned, and
 * RecordBatches are appended. The files end in the same bytes as those of an unbroken run with the same rows and
 * flushes. Every offset is checked before the first file is cut.
 *
 * @returns `OffsetMismatch` when an offset is none that a flush returned for this file, or the failures of `readRows`;
 *   `WriteFailed` when a file cannot be cut.
 *
 * @example
 * const log = await resumeRunLog('runs/a', checkpoint.offsets)() // Either<RunLogFailure, RunLog>
 */
export function resumeRunLog(directory: string, offsets: Offsets): TE.TaskEither<RunLogFailure, RunLog> {
  const entries = Object.entries(offsets) as [TableName, number][]
  return fn.pipe(
    entries,
    TE.traverseSeqArray(([table, offset]) =>
      fn.pipe(
        readTable(directory, table, offset),
        TE.chainW((parsed) => requireBoundary(tableFile(directory, table), parsed, offset)),
      ),
    ),
    TE.chainW(() =>
      fn.pipe(
        entries,
        TE.traverseSeqArray(([table, offset]) => cut(tableFile(directory, table), offset)),
      ),
    ),
    TE.map(() => openRunLog(directory, offsets)),
  )
}

function requireBoundary(file: string, parsed: ParsedTable, offset: number): TE.TaskEither<OffsetMismatch, void> {
  const last = parsed.boundaries.at(-1) ?? 0
  if (last === offset && !parsed.torn && !parsed.ended) return TE.right(undefined)
  return TE.left(
    mismatch(
      'OffsetMismatch',
      file,
      `a flush that ends at byte ${offset}`,
      `the last one before it at byte ${last}`,
      'the checkpoint is of another run: start the run again',
    ),
  )
}

function cut(file: string, length: number): TE.TaskEither<WriteFailed, void> {
  return TE.tryCatch(
    async () => {
      const handle = await open(file, 'r+')
      try {
        await handle.truncate(length)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    (cause) => writeFailure(file, cause),
  )
}
