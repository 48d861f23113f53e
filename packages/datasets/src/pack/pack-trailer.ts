import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ByteSource } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/**
 * What a packed file says of itself, behind its pixels.
 *
 * Layout, little-endian: n × d bytes of pixels; then the trailer: the length of a JSON text, the text, n ids, n labels and
 * n checksums of 4 bytes each; then the trailer's length, its CRC-32, and eight letters.
 */
export interface PackTrailer {
  readonly about: PackAbout
  /** [n] */
  readonly ids: Uint32Array
  /** [n] */
  readonly labels: Int32Array
  /** [n] CRC-32 of each example's pixels. */
  readonly sums: Uint32Array
}

/** A packed file's description, as plain data. */
export interface PackAbout {
  readonly name: string
  readonly inputShape: readonly number[]
  readonly classNames: readonly string[]
  /** What was done to the pictures. */
  readonly preprocessing: unknown
  /** Pictures that could not be decoded, and why. */
  readonly leftOut: readonly { readonly id: number; readonly message: string }[]
}

const MAGIC = 'CGPACK01'
const END_BYTES = 16

/** The bytes that follow the pixels. */
export function trailerBytes({ about, ids, labels, sums }: PackTrailer): Uint8Array {
  const json = Buffer.from(JSON.stringify(about))
  const head = Buffer.alloc(4)
  head.writeUInt32LE(json.length)
  const body = Buffer.concat([head, json, ...[ids, labels, sums].map(bytesOf)])
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(body.length, 0)
  end.writeUInt32LE(crc32(body), 4)
  end.write(MAGIC, 8, 'latin1')
  return Buffer.concat([body, end])
}

/** A packed file's trailer, and the sha256 of it: since it holds a checksum of every example, that is the content's hash. */
export async function readTrailer(source: ByteSource): Promise<PackTrailer & { readonly contentHash: string }> {
  const { file, size } = source
  const fail = (offset: number, required: string, found: string): never =>
    refuse(formatFailure('a packed data set', file, offset, required, found))
  if (size < END_BYTES) fail(0, `${END_BYTES} bytes`, `${size}`)
  const end = Buffer.from(await source.read(size - END_BYTES, END_BYTES))
  if (end.toString('latin1', 8) !== MAGIC) fail(size - 8, MAGIC, JSON.stringify(end.toString('latin1', 8)))
  const length = end.readUInt32LE(0)
  const start = size - END_BYTES - length
  if (start < 0 || length < 4) fail(size - END_BYTES, 'a trailer inside the file', `${length} bytes`)
  const body = Buffer.from(await source.read(start, length))
  if (crc32(body) !== end.readUInt32LE(4)) fail(start, 'a trailer of its checksum', 'another')
  const columns = 4 + body.readUInt32LE(0)
  const n = (length - columns) / 12
  if (columns > length || !Number.isInteger(n)) fail(start, 'three columns of examples', `${length - columns} bytes`)
  const about = aboutOf(body.toString('utf8', 4, columns)) ?? fail(start + 4, 'a description', 'another text')
  const example = about.inputShape.reduce((product, side) => product * side, 1)
  if (n * example !== start) fail(0, `${n} examples of ${example} bytes`, `${start} bytes`)
  const column = (i: number): ArrayBuffer =>
    new Uint8Array(body.subarray(columns + 4 * n * i, columns + 4 * n * (i + 1))).buffer
  return {
    about,
    ids: new Uint32Array(column(0)),
    labels: new Int32Array(column(1)),
    sums: new Uint32Array(column(2)),
    contentHash: createHash('sha256').update(body).digest('hex'),
  }
}

/** The description in a text; undefined for any other text. */
function aboutOf(text: string): PackAbout | undefined {
  try {
    const about = JSON.parse(text) as Partial<PackAbout>
    const { name, inputShape, classNames, leftOut } = about
    const sides = Array.isArray(inputShape) && inputShape.every((side) => Number.isInteger(side) && side >= 1)
    return typeof name === 'string' && sides && Array.isArray(classNames) && Array.isArray(leftOut)
      ? (about as PackAbout)
      : undefined
  } catch {
    return undefined
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}
