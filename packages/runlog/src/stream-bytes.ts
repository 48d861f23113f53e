import { RecordBatchStreamWriter, type RecordBatch } from 'apache-arrow'
import { schemaOf } from './schema-of.ts'
import type { TableName } from './tables.ts'

/** The mark that ends an Arrow stream: a continuation marker and length zero. */
export const END_OF_STREAM: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

const schemaMessages = new Map<TableName, Uint8Array>()

/** The first message of a table's stream: its schema alone. Built once for each table; not to be written to. */
export function schemaMessage(table: TableName): Uint8Array {
  const known = schemaMessages.get(table)
  if (known !== undefined) return known
  const writer = new RecordBatchStreamWriter()
  writer.reset(undefined, schemaOf(table))
  const message = withoutEnd(writer)
  schemaMessages.set(table, message)
  return message
}

/** One RecordBatch of a table as a message of its own, to be appended to a stream that has its schema already. */
export function batchMessage(table: TableName, batch: RecordBatch): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  writer.write(batch)
  return withoutEnd(writer).subarray(schemaMessage(table).byteLength)
}

function withoutEnd(writer: RecordBatchStreamWriter): Uint8Array {
  const stream = writer.finish().toUint8Array(true)
  return stream.subarray(0, stream.byteLength - END_OF_STREAM.byteLength)
}
