import { type ByteSource, readAhead } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import { MOST_IMAGE_BYTES } from '../images/is-picture.ts'
import { maskedCrc32c } from './crc32c.ts'

/** Bytes of a frame around a record: its length, the length's sum, and behind it the record's own. */
const HEAD = 12
const TAIL = 4

/** A record and where its frame lies. `data` must not be kept. */
export interface RecordFrame {
  readonly offset: number
  readonly length: number
  readonly data: Uint8Array
}

/** The records of a TFRecord file, one after another, each held against its two sums. Holds one at a time. */
export async function* recordFrames(source: ByteSource): AsyncGenerator<RecordFrame, void, undefined> {
  const ahead = readAhead(source, 2 ** 20)
  for (let offset = 0; offset < source.size;) {
    if (source.size - offset < HEAD + TAIL) {
      refuse(formatFailure('TFRecord', source.file, offset, 'a frame of 16 bytes', `${source.size - offset}`))
    }
    const size = recordSize(await ahead.read(offset, HEAD), source.file, offset)
    const length = HEAD + size + TAIL
    if (length > source.size - offset) {
      refuse(formatFailure('TFRecord', source.file, offset, `${length} bytes`, `${source.size - offset} to its end`))
    }
    yield { offset, length, data: recordOf(await ahead.read(offset, length), source.file, offset) }
    offset += length
  }
}

/** The record in a frame's bytes. Refuses one whose sums don't match. */
export function recordOf(frame: Uint8Array, file: string, offset: number): Uint8Array {
  const size = recordSize(frame, file, offset)
  if (HEAD + size + TAIL !== frame.length) {
    refuse(formatFailure('TFRecord', file, offset, `a frame of ${HEAD + size + TAIL} bytes`, `${frame.length}`))
  }
  const data = frame.subarray(HEAD, HEAD + size)
  requireSum(data, viewOf(frame).getUint32(HEAD + size, true), file, offset + HEAD)
  return data
}

function recordSize(frame: Uint8Array, file: string, offset: number): number {
  const view = viewOf(frame)
  requireSum(frame.subarray(0, 8), view.getUint32(8, true), file, offset)
  const size = view.getBigUint64(0, true)
  if (size > BigInt(MOST_IMAGE_BYTES)) {
    refuse(formatFailure('TFRecord', file, offset, `a record of at most ${MOST_IMAGE_BYTES} bytes`, `${size}`))
  }
  return Number(size)
}

function requireSum(bytes: Uint8Array, stated: number, file: string, offset: number): void {
  const found = maskedCrc32c(bytes)
  if (found === stated) return
  refuse(formatFailure('TFRecord', file, offset, `${bytes.length} bytes of the sum ${stated}`, `${found}`))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
