import { columnsOf, type AnyRow, type Column } from './columns-of.ts'
import { BODY_CHECKSUM, bodyChecksum } from './encode-batch.ts'
import { countAt, countField, rootTable, stringField, tableField, tablesField, vectorField } from './flatbuffer.ts'
import type { TableName } from './tables.ts'

type Value = AnyRow[string]

/**
 * The rows of a RecordBatch message. Arrow's own reader trusts the lengths that a header states; here each is held
 * against the body first, and the body against its sha256.
 *
 * @throws RangeError (or TypeError, for text that isn't UTF-8) with required and found when header or body is damaged.
 */
export function decodeBatch(table: TableName, header: Uint8Array, body: Uint8Array): readonly AnyRow[] {
  const message = rootTable(header)
  const checksum = tablesField(message, 4).find((entry) => stringField(entry, 0) === BODY_CHECKSUM)
  requireEqual('sha256 of the body', checksum && stringField(checksum, 1), bodyChecksum(body))
  const batch = tableField(message, 2)
  if (batch === undefined) throw new RangeError('required a RecordBatch, found none')
  const columns = columnsOf(table)
  const length = countField(batch, 0)
  const nodes = vectorField(batch, 1, 16)
  requireEqual('columns', columns.length, nodes.length)
  for (let index = 0; index < nodes.length; index++)
    requireEqual(`rows of ${columns[index]!.name}`, length, countAt(nodes.view, nodes.start + 16 * index))
  const buffers = bufferReader(vectorField(batch, 2, 16), new Uint8Array(body))
  const values = columns.map((column) => columnValues(column, length, buffers.next))
  buffers.finish()
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map((column, index) => [column.key, values[index]![row]!])),
  )
}

/** Hands out the body's buffers in order: they lie one behind the other, each padded to 8 bytes, and fill the body. */
function bufferReader({ view, start, length }: ReturnType<typeof vectorField>, body: Uint8Array<ArrayBuffer>) {
  let index = 0
  let position = 0
  return {
    next: (): Uint8Array<ArrayBuffer> => {
      if (index >= length) throw new RangeError(`required buffer ${index}, found ${length} buffers`)
      const entry = start + 16 * index++
      requireEqual(`position of buffer ${index}`, position, countAt(view, entry))
      const bytes = countAt(view, entry + 8)
      if (bytes > body.byteLength - position)
        throw new RangeError(`buffer ${index}: required at most ${body.byteLength - position} bytes, found ${bytes}`)
      const buffer = new Uint8Array(body.buffer, position, bytes)
      position += padded(bytes)
      return buffer
    },
    finish: (): void => {
      requireEqual('buffers', index, length)
      requireEqual('bytes of body', position, body.byteLength)
    },
  }
}

function columnValues(column: Column, length: number, next: () => Uint8Array<ArrayBuffer>): readonly Value[] {
  const validity = next()
  if (validity.byteLength > 0) requireEqual(`validity bytes of ${column.name}`, bitBytes(length), validity.byteLength)
  const values = definedValues(column, length, next)
  return validity.byteLength === 0 ? values : values.map((value, row) => (bitAt(validity, row) ? value : null))
}

function definedValues(column: Column, length: number, next: () => Uint8Array<ArrayBuffer>): readonly Value[] {
  const sized = (bytes: number): Uint8Array<ArrayBuffer> => {
    const buffer = next()
    requireEqual(`bytes of ${column.name}`, padded(bytes), padded(buffer.byteLength))
    return buffer
  }
  switch (column.type) {
    case 'int32': {
      const { buffer, byteOffset } = sized(4 * length)
      return Array.from(new Int32Array(buffer, byteOffset, length))
    }
    case 'uint32': {
      const { buffer, byteOffset } = sized(4 * length)
      return Array.from(new Uint32Array(buffer, byteOffset, length))
    }
    case 'float64': {
      const { buffer, byteOffset } = sized(8 * length)
      return Array.from(new Float64Array(buffer, byteOffset, length))
    }
    case 'bool': {
      const bits = sized(Math.ceil(length / 8))
      return Array.from({ length }, (_, row) => bitAt(bits, row))
    }
    case 'utf8': {
      const { buffer, byteOffset } = sized(4 * (length + 1))
      const offsets = new Int32Array(buffer, byteOffset, length + 1)
      const text = next()
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      return Array.from({ length }, (_, row) => {
        const from = offsets[row]!
        const to = offsets[row + 1]!
        if (from < 0 || to < from || to > text.byteLength)
          throw new RangeError(`${column.name}: required text inside ${text.byteLength} bytes, found ${from} to ${to}`)
        return decoder.decode(text.subarray(from, to))
      })
    }
  }
}

function bitAt(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3]! >> (index & 7)) & 1) === 1
}

function bitBytes(length: number): number {
  return padded(Math.ceil(length / 8))
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}

function requireEqual(what: string, required: unknown, found: unknown): void {
  if (required !== found) throw new RangeError(`${what}: required ${required}, found ${found}`)
}
