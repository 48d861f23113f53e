import type { ByteSource } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import { numberAt, readThrift, structAt, structsAt, textAt, type ThriftStruct } from './thrift.ts'

/** Where the pages of one column of one row group lie. */
export interface ColumnChunk {
  readonly path: string
  /** Parquet's number of the type: 1 is int32, 2 is int64, 6 is bytes. */
  readonly type: number
  readonly codec: number
  /** The first page, a dictionary's included. */
  readonly offset: number
  readonly length: number
  readonly rows: number
  /** How many of the column and its parents may be absent. */
  readonly levels: number
}

export interface ParquetFooter {
  /** Row group by row group, its columns by path: `image.bytes`. */
  readonly groups: readonly ReadonlyMap<string, ColumnChunk>[]
  readonly metadata: ReadonlyMap<string, string>
}

const MAGIC = 'PAR1'
const MOST_FOOTER_BYTES = 2 ** 28

interface Leaf {
  readonly levels: number
  readonly repeated: boolean
}

/** A Parquet file's footer: which columns there are and where. Columns of lists are left out. */
export async function readFooter(source: ByteSource): Promise<ParquetFooter> {
  const { file, size } = source
  const fail = (offset: number, required: string, found: string): never =>
    refuse(formatFailure('Parquet', file, offset, required, found))
  if (size < 12) fail(0, 'a file of 12 bytes', `${size}`)
  const tail = Buffer.from(await source.read(size - 8, 8))
  if (tail.toString('latin1', 4) !== MAGIC) fail(size - 4, MAGIC, JSON.stringify(tail.toString('latin1', 4)))
  const length = tail.readUInt32LE(0)
  if (length > size - 12 || length > MOST_FOOTER_BYTES)
    fail(size - 8, `a footer of at most ${size - 12} bytes`, `${length}`)
  const start = size - 8 - length
  const { struct } = readThrift(await source.read(start, length), file, start)
  const leaves = leavesOf(structsAt(struct, 2), (found) => fail(start, 'a schema', found))
  const groups = structsAt(struct, 4).map((group) => {
    const rows = numberAt(group, 3) ?? -1
    const chunks = structsAt(group, 1).flatMap((column) => {
      const chunk = chunkOf(structAt(column, 3), rows, leaves)
      if (chunk === undefined) return []
      const { offset, length: bytes } = chunk
      if (offset < 4 || bytes < 0 || offset + bytes > start || rows < 0 || rows > 2 ** 31) {
        fail(start, `a column inside the file's ${start} bytes`, `${chunk.path} at ${offset} of ${bytes} bytes`)
      }
      return [[chunk.path, chunk] as const]
    })
    return new Map(chunks)
  })
  const pairs = structsAt(struct, 5).map((pair) => [textAt(pair, 1) ?? '', textAt(pair, 2) ?? ''] as const)
  return { groups, metadata: new Map(pairs) }
}

function chunkOf(
  meta: ThriftStruct | undefined,
  rows: number,
  leaves: ReadonlyMap<string, Leaf>,
): ColumnChunk | undefined {
  const parts = meta?.fields.get(3)
  if (meta === undefined || !Array.isArray(parts)) return undefined
  const path = parts.map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : '')).join('.')
  const leaf = leaves.get(path)
  if (leaf === undefined || leaf.repeated) return undefined
  const data = numberAt(meta, 9) ?? -1
  const dictionary = numberAt(meta, 11)
  // Some writers give 0 for a dictionary that isn't there.
  const offset = dictionary === undefined || dictionary < 4 ? data : Math.min(data, dictionary)
  return {
    path,
    type: numberAt(meta, 1) ?? -1,
    codec: numberAt(meta, 4) ?? -1,
    offset,
    length: numberAt(meta, 7) ?? -1,
    rows,
    levels: leaf.levels,
  }
}

/** The schema is a tree, written depth first; a leaf is known by its path. */
function leavesOf(elements: readonly ThriftStruct[], fail: (found: string) => never): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  let next = 1
  walk(numberAt(elements[0], 5) ?? 0, '', { levels: 0, repeated: false }, 0)
  return leaves

  function walk(children: number, path: string, above: Leaf, depth: number): void {
    if (depth > 32) fail('more than 32 levels')
    for (let i = 0; i < children; i++) {
      const element = elements[next++]
      if (element === undefined) fail('fewer elements than it says')
      const own = `${path}${textAt(element, 4) ?? ''}`
      const repetition = numberAt(element, 3) ?? 0
      const here = { levels: above.levels + (repetition === 0 ? 0 : 1), repeated: above.repeated || repetition === 2 }
      const inside = numberAt(element, 5) ?? 0
      if (inside > 0) walk(inside, `${own}.`, here, depth + 1)
      else leaves.set(own, here)
    }
  }
}
