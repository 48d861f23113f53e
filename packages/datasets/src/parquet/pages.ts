import * as zlib from 'node:zlib'
import type { ByteSource } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import type { ColumnChunk } from './read-footer.ts'
import { readHybrid } from './read-hybrid.ts'
import { snappy } from './snappy.ts'
import { numberAt, readThrift, structAt } from './thrift.ts'

/** One page: where it lies, header included, and what its header says. */
export interface Page {
  readonly kind: 'dictionary' | 'data' | 'data2'
  readonly offset: number
  readonly length: number
  readonly headerLength: number
  /** Bytes of its body when decompressed. */
  readonly size: number
  readonly values: number
  readonly encoding: number
  /** Bytes of levels before the values, which the second version keeps apart and never compresses. */
  readonly levelBytes: number
  readonly compressed: boolean
}

/** Column values: bytes, or whole numbers; undefined where a value is absent. */
export type ColumnValue = Uint8Array | number | undefined

const MOST_PAGE_BYTES = 2 ** 29
const MOST_VALUES = 2 ** 24
const HEADER_BYTES = 2 ** 14
const [INT32, INT64, BYTES] = [1, 2, 6]
const [PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY] = [0, 2, 8]

/** The pages of a column, headers only. */
export async function* pagesOf(source: ByteSource, chunk: ColumnChunk): AsyncGenerator<Page, void, undefined> {
  const end = chunk.offset + chunk.length
  for (let offset = chunk.offset; offset < end;) {
    const page = pageOf(await source.read(offset, Math.min(HEADER_BYTES, end - offset)), source.file, offset)
    if (page !== undefined) {
      if (page.length > end - offset) {
        refuse(
          formatFailure('Parquet', source.file, offset, `a page of at most ${end - offset} bytes`, `${page.length}`),
        )
      }
      yield page
    }
    offset += page?.length ?? end - offset
  }
}

/** The page whose header begins the bytes; undefined for one that holds no values. */
export function pageOf(bytes: Uint8Array, file: string, offset: number): Page | undefined {
  const { struct, length: headerLength } = readThrift(bytes, file, offset)
  const fail = (required: string, found: string): never =>
    refuse(formatFailure('Parquet', file, offset, required, found))
  const [type, size, stored] = [1, 2, 3].map((field) => numberAt(struct, field) ?? -1) as [number, number, number]
  if (size < 0 || size > MOST_PAGE_BYTES || stored < 0) fail(`a page of at most ${MOST_PAGE_BYTES} bytes`, `${size}`)
  const header = structAt(struct, { 0: 5, 2: 7, 3: 8 }[type] ?? -1)
  if (type === 1) return undefined
  if (header === undefined) return fail('a page of data or a dictionary', `type ${type}`)
  const values = numberAt(header, 1) ?? -1
  if (values < 0 || values > MOST_VALUES) fail(`a page of at most ${MOST_VALUES} values`, `${values}`)
  const levelBytes = type === 3 ? (numberAt(header, 5) ?? -1) : 0
  if (levelBytes < 0 || levelBytes > stored) fail(`levels of at most ${stored} bytes`, `${levelBytes}`)
  if (type === 3 && (numberAt(header, 6) ?? 0) !== 0) fail('values that are no lists', 'a list')
  return {
    kind: type === 2 ? 'dictionary' : type === 0 ? 'data' : 'data2',
    offset,
    length: headerLength + stored,
    headerLength,
    size,
    values,
    encoding: numberAt(header, type === 3 ? 4 : 2) ?? -1,
    levelBytes,
    compressed: header.fields.get(7) !== false,
  }
}

/** The values of a page, given its bytes, header included; views of them where nothing was compressed. */
export function valuesOf(
  bytes: Uint8Array,
  page: Page,
  chunk: ColumnChunk,
  file: string,
  dictionary: readonly ColumnValue[] | undefined,
): readonly ColumnValue[] {
  const fail = (required: string, found: string): never =>
    refuse(formatFailure('Parquet', file, page.offset, required, found))
  const stored = bytes.subarray(page.headerLength, page.length)
  if (page.kind === 'dictionary') {
    return plain(decompressed(stored, page.size, chunk.codec), page.values)
  }
  let levels: Uint8Array
  let body: Uint8Array
  if (page.kind === 'data2') {
    levels = stored.subarray(0, page.levelBytes)
    const rest = stored.subarray(page.levelBytes)
    body = page.compressed ? decompressed(rest, page.size - page.levelBytes, chunk.codec) : rest
  } else {
    const whole = decompressed(stored, page.size, chunk.codec)
    const length = chunk.levels === 0 ? 0 : whole.length < 4 ? -1 : viewOf(whole).getUint32(0, true)
    if (length < 0 || length > whole.length - 4 * Math.sign(chunk.levels))
      fail('levels inside the page', `${length} bytes`)
    const start = chunk.levels === 0 ? 0 : 4
    levels = whole.subarray(start, start + length)
    body = whole.subarray(start + length)
  }
  if (chunk.levels === 0) return encoded(body, page.values)
  const there = readHybrid(levels, 32 - Math.clz32(chunk.levels), page.values) ?? fail('levels for each value', 'fewer')
  const present = there.reduce((sum, level) => sum + (level === chunk.levels ? 1 : 0), 0)
  const those = encoded(body, present)
  let next = 0
  return Array.from(there, (level) => (level === chunk.levels ? those[next++] : undefined))

  function encoded(from: Uint8Array, count: number): readonly ColumnValue[] {
    if (page.encoding === PLAIN) return plain(from, count)
    if (page.encoding !== PLAIN_DICTIONARY && page.encoding !== RLE_DICTIONARY) {
      return fail('values plain or by dictionary', `encoding ${page.encoding}`)
    }
    const words = dictionary ?? fail('a dictionary', 'none')
    const width = from[0] ?? 0
    if (width > 32) fail('numbers of at most 32 bits', `${width}`)
    const places = readHybrid(from.subarray(1), width, count) ?? fail(`${count} values`, 'fewer')
    return Array.from(places, (place) =>
      place < words.length ? words[place] : fail(`a dictionary of ${place + 1}`, `${words.length}`),
    )
  }

  function plain(from: Uint8Array, count: number): readonly ColumnValue[] {
    const view = viewOf(from)
    const values: ColumnValue[] = []
    for (let at = 0; values.length < count;) {
      const width = chunk.type === INT32 ? 4 : chunk.type === INT64 ? 8 : 4
      if (width > from.length - at) fail(`${count} values`, `${values.length}`)
      if (chunk.type === INT32) values.push(view.getInt32(at, true))
      else if (chunk.type === INT64) values.push(Number(view.getBigInt64(at, true)))
      else if (chunk.type === BYTES) {
        const length = view.getUint32(at, true)
        if (length > from.length - at - 4) fail(`${length} bytes`, `${from.length - at - 4}`)
        values.push(from.subarray(at + 4, at + 4 + length))
        at += length
      } else fail('whole numbers or bytes', `type ${chunk.type}`)
      at += width
    }
    return values
  }

  function decompressed(from: Uint8Array, size: number, codec: number): Uint8Array {
    if (size < 0) fail('a size', `${size}`)
    const out = decompress(from, size, codec)
    if (out === undefined) fail('uncompressed, Snappy, gzip, Brotli or Zstandard', `codec ${codec}`)
    if (out === 'corrupt' || (out as Uint8Array).length !== size) fail(`${size} bytes behind the compression`, 'others')
    return out as Uint8Array
  }
}

/** Undefined for a compression that isn't known. */
function decompress(from: Uint8Array, size: number, codec: number): Uint8Array | 'corrupt' | undefined {
  const options = { maxOutputLength: Math.max(1, size) }
  try {
    switch (codec) {
      case 0:
        return from
      case 1:
        return snappy(from, size) ?? 'corrupt'
      case 2:
        return zlib.gunzipSync(from, options)
      case 4:
        return zlib.brotliDecompressSync(from, options)
      case 6:
        return zlib.zstdDecompressSync?.(from, options) // from Node 22.15 on
      default:
        return undefined
    }
  } catch {
    return 'corrupt'
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
