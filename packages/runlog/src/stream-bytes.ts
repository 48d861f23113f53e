import { RecordBatchStreamWriter, type RecordBatch, type Schema } from 'apache-arrow'

/** The mark that ends an Arrow stream: a continuation marker and length zero. */
export const END_OF_STREAM: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)

/** The stream's first message: the schema alone. */
export function schemaMessage(schema: Schema): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  writer.reset(undefined, schema)
  return withoutEnd(writer)
}

/** One RecordBatch as a message of its own, to be appended to a stream that has its schema already. */
export function batchMessage(batch: RecordBatch): Uint8Array {
  const writer = new RecordBatchStreamWriter()
  writer.write(batch)
  return withoutEnd(writer).subarray(schemaMessage(batch.schema).byteLength)
}

function withoutEnd(writer: RecordBatchStreamWriter): Uint8Array {
  const stream = writer.finish().toUint8Array(true)
  return stream.subarray(0, stream.byteLength - END_OF_STREAM.byteLength)
}
