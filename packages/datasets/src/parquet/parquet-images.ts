import { basename } from 'node:path'
import type { taskEither as TE } from 'fp-ts'
import { type ByteSource, fileSource, readAhead } from '../binary/byte-source.ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { type ImageIndex, imageIndexBuilder } from '../images/image-index.ts'
import { indexedImages, openAll } from '../images/indexed-images.ts'
import { keptIndex, type KeptIndexOptions } from '../images/kept-index.ts'
import { type ClassOptions, labelsOf } from '../images/labels-of.ts'
import { type ColumnValue, type Page, pageOf, pagesOf, valuesOf } from './pages.ts'
import { type ColumnChunk, type ParquetFooter, readFooter } from './read-footer.ts'

export interface ParquetImagesOptions extends ClassOptions, KeptIndexOptions {
  /** The files, in order: `train-00000-of-00294.parquet`, … */
  readonly files: readonly [string, ...string[]]
  /** The column of encoded pictures; `image.bytes` or `image` where absent. */
  readonly imageColumn?: string
  /** The column of classes, numbers or text; `label` where absent. */
  readonly labelColumn?: string
  readonly name?: string
}

/**
 * The pictures of Parquet files with a column of encoded pictures, as hubs serve them, read at random: a read takes one
 * page, not the whole row group.
 *
 * Pages may be plain or by dictionary, and uncompressed or behind Snappy, gzip, Brotli or Zstandard. The columns of classes
 * and file names (`image.path`) are read once, and the index is kept beside the first file. The names of the classes are
 * those that the file's own metadata lists, where it does.
 *
 * @returns left when a file can't be read, is torn or corrupt, or lacks a column.
 *
 * @example
 * parquetImages({ files: ['validation-00000-of-00001.parquet'] })
 */
export function parquetImages(
  options: ParquetImagesOptions,
): TE.TaskEither<FileFailure | FormatFailure, EncodedImages> {
  const { files, name = basename(files[0]) } = options
  return attempt(files[0], async () => {
    const sources = await openAll(files, fileSource)
    try {
      const footers = await Promise.all(sources.map(readFooter))
      const column = imageColumn(footers, files, options.imageColumn)
      const build = (): Promise<ImageIndex> => indexRows(sources, footers, column, options.labelColumn ?? 'label')
      const index = await keptIndex(files, 'images', build, options)
      const classes = options.classes ?? classNamesIn(footers[0]!, options.labelColumn ?? 'label', index)
      const labels = labelsOf(index, files[0], { ...options, ...(classes === undefined ? {} : { classes }) })
      const images = indexedImages(index, { name, sources, ...labels })
      const rows = rowsInPages(index)
      const dictionaries = new Map<ColumnChunk, Promise<readonly ColumnValue[]>>()
      return { ...images, read: (id) => attempt(files[0], () => readRow(images.rowOf(id))) }

      async function readRow(row: number): Promise<Uint8Array> {
        const file = index.file[row]!
        const source = sources[file]!
        const offset = index.offset[row]!
        const chunk = footers[file]!.groups.map((group) => group.get(column)!).find(
          (each) => offset >= each.offset && offset < each.offset + each.length,
        )
        const bytes = await source.read(offset, index.length[row]!)
        const page = pageOf(bytes, source.file, offset)
        if (chunk === undefined || page === undefined || page.length !== bytes.length) {
          return refuse(formatFailure('Parquet', source.file, offset, 'a page of the index', 'another'))
        }
        const value = valuesOf(bytes, page, chunk, source.file, await dictionaryOf(source, chunk, page))[rows[row]!]
        if (value instanceof Uint8Array) return value
        return refuse(formatFailure('Parquet', source.file, offset, `a picture in row ${rows[row]}`, 'none'))
      }

      /** A row group's dictionary, where the page needs it; the last few are kept. */
      async function dictionaryOf(
        source: ByteSource,
        chunk: ColumnChunk,
        { encoding }: Page,
      ): Promise<readonly ColumnValue[] | undefined> {
        if (encoding === 0) return undefined
        const kept = dictionaries.get(chunk) ?? readDictionary(source, chunk)
        dictionaries.delete(chunk)
        dictionaries.set(chunk, kept)
        if (dictionaries.size > 16) dictionaries.delete(dictionaries.keys().next().value!)
        return kept
      }
    } catch (cause) {
      await Promise.all(sources.map((source) => source.close()))
      throw cause
    }
  })
}

async function readDictionary(source: ByteSource, chunk: ColumnChunk): Promise<readonly ColumnValue[]> {
  for await (const page of pagesOf(source, chunk)) {
    if (page.kind !== 'dictionary') break
    return valuesOf(await source.read(page.offset, page.length), page, chunk, source.file, undefined)
  }
  return refuse(formatFailure('Parquet', source.file, chunk.offset, 'a dictionary', 'none'))
}

function imageColumn(footers: readonly ParquetFooter[], files: readonly string[], wanted: string | undefined): string {
  const candidates = wanted === undefined ? ['image.bytes', 'image', 'img.bytes', 'img'] : [wanted, `${wanted}.bytes`]
  const columns = footers.map(({ groups }) => groups[0] ?? new Map<string, ColumnChunk>())
  const found = candidates.find((path) => columns.every((each) => each.get(path)?.type === 6))
  if (found !== undefined) return found
  const file = columns.findIndex((each) => !candidates.some((path) => each.get(path)?.type === 6))
  const there = [...(columns[file] ?? columns[0]!).keys()].join(', ') || 'none'
  return refuse(
    formatFailure('Parquet', files[Math.max(0, file)]!, 0, `a column ${candidates.join(' or ')} of bytes`, there),
  )
}

async function indexRows(
  sources: readonly ByteSource[],
  footers: readonly ParquetFooter[],
  column: string,
  labelColumn: string,
): Promise<ImageIndex> {
  const index = imageIndexBuilder()
  for (const [file, source] of sources.entries()) {
    let row = 0
    for (const group of footers[file]!.groups) {
      const chunk = (path: string): ColumnChunk =>
        group.get(path) ??
        refuse(formatFailure('Parquet', source.file, 0, `a column ${path}`, [...group.keys()].join(', ')))
      const pictures = chunk(column)
      const labels = await columnValues(source, chunk(labelColumn))
      const pathColumn = group.get(column.replace(/bytes$/, 'path'))
      const names = pathColumn === undefined || pathColumn === pictures ? [] : await columnValues(source, pathColumn)
      let inGroup = 0
      for await (const page of pagesOf(readAhead(source, 2 ** 12), pictures)) {
        if (page.kind === 'dictionary') continue
        for (let i = 0; i < page.values; i++, inGroup++, row++) {
          if (inGroup >= labels.length) break
          const label = labels[inGroup]
          const name = names[inGroup]
          index.add({
            name:
              name instanceof Uint8Array
                ? Buffer.from(name).toString('utf8')
                : `${basename(source.file)}#${String(row).padStart(8, '0')}`,
            group: label instanceof Uint8Array ? Buffer.from(label).toString('utf8') : '',
            ...(typeof label === 'number' && label >= 0 && label < 2 ** 31 ? { label } : {}),
            file,
            offset: page.offset,
            length: page.length,
          })
        }
      }
      if (inGroup !== labels.length) {
        refuse(formatFailure('Parquet', source.file, pictures.offset, `${labels.length} pictures`, `${inGroup}`))
      }
    }
  }
  return index.build()
}

async function columnValues(source: ByteSource, chunk: ColumnChunk): Promise<readonly ColumnValue[]> {
  const values: ColumnValue[] = []
  let dictionary: readonly ColumnValue[] | undefined
  for await (const page of pagesOf(source, chunk)) {
    const found = valuesOf(await source.read(page.offset, page.length), page, chunk, source.file, dictionary)
    if (page.kind === 'dictionary') dictionary = found
    else for (const value of found) values.push(value)
    if (values.length > chunk.rows) break
  }
  if (values.length !== chunk.rows) {
    refuse(
      formatFailure('Parquet', source.file, chunk.offset, `${chunk.rows} values of ${chunk.path}`, `${values.length}`),
    )
  }
  return values
}

/** [n] each row's place in its page: rows of one page follow each other. */
function rowsInPages({ file, offset }: ImageIndex): Uint32Array {
  const rows = new Uint32Array(offset.length)
  for (let row = 1; row < rows.length; row++) {
    if (offset[row] === offset[row - 1] && file[row] === file[row - 1]) rows[row] = rows[row - 1]! + 1
  }
  return rows
}

/** The classes' names as the hub's own metadata gives them, if they are enough for the labels. */
function classNamesIn(
  { metadata }: ParquetFooter,
  column: string,
  { label }: ImageIndex,
): readonly string[] | undefined {
  try {
    const parsed = JSON.parse(metadata.get('huggingface') ?? '{}') as {
      info?: { features?: Record<string, { names?: unknown }> }
    }
    const names = parsed.info?.features?.[column]?.names
    const most = label.reduce((a, b) => Math.max(a, b), -1)
    return Array.isArray(names) && names.length > most && names.every((each) => typeof each === 'string')
      ? names
      : undefined
  } catch {
    return undefined // not this hub's, or torn: the labels' numbers serve
  }
}
