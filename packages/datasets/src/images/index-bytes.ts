import { crc32 } from 'node:zlib'
import type { Fingerprint } from './fingerprint.ts'
import type { ImageIndex } from './image-index.ts'

const MAGIC = 'CGINDEX1'

/** An index as it lies on disk: what it is an index of, and the columns behind one checksum. */
export function indexBytes(index: ImageIndex, archives: readonly Fingerprint[]): Uint8Array {
  const names = index.names.map((name) => Buffer.from(name, 'utf8'))
  const lengths = Uint32Array.from(names, (name) => name.length)
  const header = { archives, groups: index.groups, count: names.length }
  const body = Buffer.concat([
    lengthAnd(Buffer.from(JSON.stringify(header))),
    ...[index.offset, index.length, index.label, index.group, index.file, lengths].map(bytesOf),
    ...names,
  ])
  const head = Buffer.alloc(12)
  head.write(MAGIC, 'latin1')
  head.writeUInt32LE(crc32(body), 8)
  return Buffer.concat([head, body])
}

/** The index that {@link indexBytes} wrote for archives of these fingerprints; undefined where it is anything else. */
export function indexOfBytes(bytes: Uint8Array, archives: readonly Fingerprint[]): ImageIndex | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (all.length < 16 || all.toString('latin1', 0, 8) !== MAGIC) return undefined
  const body = all.subarray(12)
  const start = 4 + body.readUInt32LE(0)
  if (crc32(body) !== all.readUInt32LE(8) || start > body.length) return undefined
  const header = JSON.parse(body.toString('utf8', 4, start)) as {
    archives: Fingerprint[]
    groups: string[]
    count: number
  }
  if (JSON.stringify(header.archives) !== JSON.stringify(archives)) return undefined
  const n = header.count
  let at = start
  const column = <T>(make: (buffer: ArrayBuffer) => T, width: number): T => {
    const own = new Uint8Array(body.subarray(at, (at += n * width)))
    return make(own.buffer)
  }
  const offset = column((buffer) => new Float64Array(buffer), 8)
  const length = column((buffer) => new Uint32Array(buffer), 4)
  const label = column((buffer) => new Int32Array(buffer), 4)
  const group = column((buffer) => new Uint32Array(buffer), 4)
  const file = column((buffer) => new Uint32Array(buffer), 4)
  const lengths = column((buffer) => new Uint32Array(buffer), 4)
  const names = Array.from(lengths, (bytesOfName) => body.toString('utf8', at, (at += bytesOfName)))
  return { names, groups: header.groups, group, label, file, offset, length }
}

function lengthAnd(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}
