import { printable } from '@coherent-gradients/core'
import type { ByteSource } from '../binary/byte-source.ts'
import { attempt } from '../binary/refusal.ts'
import { rowIndex } from '../row-index.ts'
import type { EncodedImages } from './encoded-images.ts'
import type { ImageIndex } from './image-index.ts'
import { inTurns } from './in-turns.ts'
import { plainName } from './plain-name.ts'

/** What makes an index into pictures with classes. */
export interface IndexedImagesOptions {
  readonly name: string
  readonly classNames: readonly string[]
  /** [n] each picture's class, in the index's order. */
  readonly labels: Int32Array
  /** The archives, in the order that the index numbers them. */
  readonly sources: readonly ByteSource[]
  /** What a picture's bytes become before they are given out: a record loses its frame, for one. */
  readonly unwrap?: (bytes: Uint8Array, source: ByteSource, row: number) => Uint8Array
}

/** Pictures of which an index says where they lie. */
export function indexedImages(
  index: ImageIndex,
  options: IndexedImagesOptions,
): EncodedImages & { rowOf(id: number): number } {
  const { name, classNames, labels, sources, unwrap = (bytes) => bytes } = options
  const order = inTurns(labels, index.names.map(plainName))
  const ids = Uint32Array.from(order, (_, id) => id)
  const rows = rowIndex(name, ids)
  const rowOf = (id: number): number => order[rows.rows([id])[0]!]!
  const sourceOf = (row: number): ByteSource => sources[index.file[row]!]!
  return {
    name,
    ids,
    labels: Int32Array.from(order, (row) => labels[row]!),
    classNames,
    rowOf,
    whereIs(id) {
      const row = rowOf(id)
      return `${sourceOf(row).file}: ${printable(index.names[row]!)} at byte ${index.offset[row]}`
    },
    read(id) {
      const row = rowOf(id)
      const source = sourceOf(row)
      return attempt(source.file, async () =>
        unwrap(await source.read(index.offset[row]!, index.length[row]!), source, row),
      )
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()))
    },
  }
}

/** Opens several files; closes those that opened where one does not. */
export async function openAll(
  files: readonly string[],
  open: (file: string) => Promise<ByteSource>,
): Promise<ByteSource[]> {
  const opened = await Promise.allSettled(files.map(open))
  const failed = opened.find((each) => each.status === 'rejected')
  const sources = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  if (failed === undefined) return sources
  await Promise.all(sources.map((source) => source.close()))
  throw failed.reason
}
