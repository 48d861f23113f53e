import { createHash } from 'node:crypto'
import { makeData, RecordBatch, Struct, type Data, type DataType } from 'apache-arrow'
import { columnsOf, type AnyRow, type Column } from './columns-of.ts'
import { frameAt } from './frame-at.ts'
import { schemaOf } from './schema-of.ts'
import { batchMessage } from './stream-bytes.ts'
import type { TableName } from './tables.ts'

/** The key, in a RecordBatch's own metadata, of its body's sha256. Arrow readers pass over it. */
export const BODY_CHECKSUM = 'body_sha256'

/**
 * Rows as one RecordBatch message of an Arrow stream, without schema and end mark. The same rows give the same bytes.
 * Arrow has no checksum of its own, so the message carries its body's sha256: a damaged batch never passes for data.
 */
export function encodeBatch(table: TableName, rows: readonly AnyRow[]): Uint8Array {
  const schema = schemaOf(table)
  const children = columnsOf(table).map((column, index) => columnData(column, schema.fields[index]!.type, rows))
  const data = makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children })
  const frame = frameAt(batchMessage(table, new RecordBatch(schema, data)), 0)
  if (frame?.kind !== 'batch') throw new TypeError(`encodeBatch: required a RecordBatch message, found ${frame?.kind}`)
  return batchMessage(table, new RecordBatch(schema, data, new Map([[BODY_CHECKSUM, bodyChecksum(frame.body)]])))
}

/** sha256 of a RecordBatch's body, in hex. */
export function bodyChecksum(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}

function columnData(column: Column, type: DataType, rows: readonly AnyRow[]): Data {
  const length = rows.length
  const values = rows.map((row) => row[column.key]!)
  const valid = values.map((value) => value !== null)
  const nullCount = valid.filter((isValid) => !isValid).length
  const common = { type, length, nullCount, ...(nullCount > 0 ? { nullBitmap: packBits(valid) } : {}) }
  switch (column.type) {
    case 'int32':
      return makeData({ ...common, data: Int32Array.from(values, Number) } as never)
    case 'uint32':
      return makeData({ ...common, data: Uint32Array.from(values, Number) } as never)
    case 'float64':
      return makeData({ ...common, data: withOneNaN(Float64Array.from(values, Number)) } as never)
    case 'bool':
      return makeData({ ...common, data: packBits(values.map(Boolean)) } as never)
    case 'utf8': {
      const texts = values.map((value) => Buffer.from(String(value)))
      const valueOffsets = new Int32Array(length + 1)
      texts.forEach((text, index) => (valueOffsets[index + 1] = valueOffsets[index]! + text.byteLength))
      return makeData({ ...common, valueOffsets, data: new Uint8Array(Buffer.concat(texts)) } as never)
    }
  }
}

function packBits(bits: readonly boolean[]): Uint8Array {
  const packed = new Uint8Array(Math.ceil(bits.length / 8))
  bits.forEach((bit, index) => (packed[index >> 3]! |= Number(bit) << (index & 7)))
  return packed
}

/** A computed NaN's sign bit differs between processors; in a file there is one NaN. */
function withOneNaN(values: Float64Array): Float64Array {
  const bits = new BigUint64Array(values.buffer)
  values.forEach((value, index) => {
    if (Number.isNaN(value)) bits[index] = 0x7ff8000000000000n
  })
  return values
}
