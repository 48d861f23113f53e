import { either as E } from 'fp-ts'
import type { AnyRow } from './columns-of.ts'
import { decodeBatch } from './decode-batch.ts'
import { describeSchema } from './describe-schema.ts'
import { mismatch, type NotArrow, type SchemaMismatch, type TableDamaged } from './failures.ts'
import { frameAt, type Frame } from './frame-at.ts'
import { schemaMessage } from './stream-bytes.ts'
import type { TableName } from './tables.ts'

export interface ParsedTable {
  /** The rows of each complete RecordBatch: one batch for each flush. */
  readonly batches: readonly (readonly AnyRow[])[]
  /** Byte positions at which the file can be cut and written on: behind the schema and behind every batch. */
  readonly boundaries: readonly number[]
  readonly torn: boolean
  readonly ended: boolean
}

/** The bytes of a table's file, parsed; see `readRows` for what counts as torn and what as damaged. */
export function parseTable(
  file: string,
  table: TableName,
  bytes: Uint8Array,
): E.Either<NotArrow | SchemaMismatch | TableDamaged, ParsedTable> {
  const message = schemaMessage(table)
  if (isPrefix(bytes, message)) return E.right({ batches: [], boundaries: [], torn: true, ended: false })
  const first = frameAt(bytes, 0)
  if (first?.kind !== 'schema') return E.left(notArrow(file, bytes))
  const difference = schemaDifference(first, message)
  if (difference !== undefined)
    return E.left(
      mismatch('SchemaMismatch', file, difference.expected, difference.found, 'was it written by another version?'),
    )
  return parseBatches(file, table, bytes, first.end)
}

function parseBatches(
  file: string,
  table: TableName,
  bytes: Uint8Array,
  start: number,
): E.Either<TableDamaged, ParsedTable> {
  const batches: (readonly AnyRow[])[] = []
  const boundaries = [start]
  const parsed = (torn: boolean, ended = false): E.Either<TableDamaged, ParsedTable> =>
    E.right({ batches, boundaries, torn, ended })
  for (let position = start; position < bytes.byteLength; position = boundaries.at(-1)!) {
    const frame = frameAt(bytes, position)
    if (frame === undefined) return parsed(true)
    const isLast = frame.end === bytes.byteLength
    if (frame.kind === 'end')
      return isLast ? parsed(false, true) : E.left(damaged(file, position, 'bytes after its end mark'))
    const rows = E.tryCatch(
      () => decodeBatch(table, frame.header, frame.body),
      (error) => (error instanceof Error ? error.message : String(error)),
    )
    if (E.isLeft(rows)) return isLast ? parsed(true) : E.left(damaged(file, position, rows.left))
    batches.push(rows.right)
    boundaries.push(frame.end)
  }
  return parsed(false)
}

function isPrefix(bytes: Uint8Array, message: Uint8Array): boolean {
  return bytes.byteLength < message.byteLength && bytes.every((byte, index) => byte === message[index])
}

function schemaDifference(
  frame: Exclude<Frame, { kind: 'end' }>,
  message: Uint8Array,
): { expected: string; found: string } | undefined {
  const expected = describeSchema((frameAt(message, 0) as typeof frame).header)
  const found = E.toUnion(
    E.tryCatch(
      () => describeSchema(frame.header),
      () => ['a damaged schema'],
    ),
  )
  const index = Array.from({ length: Math.max(expected.length, found.length) }).findIndex(
    // A column that never held a null is one that may.
    (_, line) => expected[line] !== found[line] && expected[line] !== `${found[line]} or null`,
  )
  return index < 0 ? undefined : { expected: said(expected, index), found: said(found, index) }
}

function said(lines: readonly string[], index: number): string {
  const line = lines[index]
  if (line === undefined) return `${lines.length - 1} columns`
  return index === 0 ? line : `column ${index} "${line}"`
}

function notArrow(file: string, bytes: Uint8Array): NotArrow {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  return mismatch(
    'NotArrow',
    file,
    'an Arrow stream that begins with its schema',
    `bytes ${start}…`,
    'is it the right file?',
  )
}

function damaged(file: string, at: number, what: string): TableDamaged {
  const expected = `a whole RecordBatch at byte ${at}`
  const whatToDo = 'the rows before it are whole: resume from a checkpoint or run again'
  return { ...mismatch('TableDamaged', file, expected, what, whatToDo), at }
}
