import { byteField, countField, rootTable } from './flatbuffer.ts'

/** A whole message of an Arrow stream, or the mark that ends it. `end` is the next message's position. */
export type Frame =
  | {
      readonly kind: 'schema' | 'batch' | 'other'
      readonly end: number
      readonly header: Uint8Array
      readonly body: Uint8Array
    }
  | { readonly kind: 'end'; readonly end: number }

const kinds: Readonly<Record<number, 'schema' | 'batch'>> = { 1: 'schema', 3: 'batch' }
const CONTINUATION = 0xffffffff

/**
 * The message that begins at a position of an Arrow stream. Every length is held against the bytes that are there
 * before it is used.
 *
 * @returns undefined where no whole message begins: a torn tail, or bytes that are none.
 */
export function frameAt(bytes: Uint8Array, start: number): Frame | undefined {
  if (bytes.byteLength - start < 8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = view.getInt32(start + 4, true)
  const bodyStart = start + 8 + headerLength
  if (view.getUint32(start, true) !== CONTINUATION || headerLength < 0 || bodyStart > bytes.byteLength) return undefined
  if (headerLength === 0) return { kind: 'end', end: bodyStart }
  const header = bytes.subarray(start + 8, bodyStart)
  try {
    const message = rootTable(header)
    const end = bodyStart + countField(message, 3)
    if (end > bytes.byteLength) return undefined
    return { kind: kinds[byteField(message, 1)] ?? 'other', end, header, body: bytes.subarray(bodyStart, end) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
