import type { taskEither as TE } from 'fp-ts'
import { basename } from 'node:path'
import type { ByteSource } from '../binary/byte-source.ts'
import { formatFailure, type FormatFailure } from '../binary/format-failure.ts'
import { attempt, refuse } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import type { EncodedImages } from '../images/encoded-images.ts'
import { type ImageIndex, imageIndexBuilder } from '../images/image-index.ts'
import { isPicture, MOST_IMAGE_BYTES } from '../images/is-picture.ts'
import { indexedImages } from '../images/indexed-images.ts'
import { keptIndex, type KeptIndexOptions } from '../images/kept-index.ts'
import { type ClassOptions, labelsOf } from '../images/labels-of.ts'
import { isGzipped, openTar } from './open-tar.ts'
import { tarEntries } from './tar-entries.ts'

export interface TarImagesOptions extends ClassOptions, KeptIndexOptions {
  readonly file: string
  /** The file's name where absent. */
  readonly name?: string
}

/**
 * The pictures of a tar archive, read where they lie: nothing is unpacked.
 *
 * The archive is ILSVRC's for training (a tar of 1,000 tars, one a class), ILSVRC's for validation (flat; `truth` says the
 * classes), one with a folder for each class, or a flat one whose files' names begin with WordNet ids. It is gone through
 * once, header by header, and the index is kept beside it; from then on opening it takes as long as reading the index. One
 * behind gzip (`.tar.gz`, up to 1 GiB) is held in memory instead.
 *
 * @returns left when the file can't be read, is no whole tar archive, holds no picture, or one has no class.
 *
 * @example
 * tarImages({ file: 'ILSVRC2012_img_train.tar' })
 */
export function tarImages(options: TarImagesOptions): TE.TaskEither<FileFailure | FormatFailure, EncodedImages> {
  const { file, name = basename(file) } = options
  return attempt(file, async () => {
    const source = await openTar(file)
    try {
      const build = (): Promise<ImageIndex> => indexTar(source)
      const index = isGzipped(file) ? await build() : await keptIndex([file], 'images', build, options)
      return indexedImages(index, { name, sources: [source], ...labelsOf(index, file, options) })
    } catch (cause) {
      await source.close()
      throw cause
    }
  })
}

/** Where the pictures of an archive lie, those in the archives inside it included. */
async function indexTar(source: ByteSource): Promise<ImageIndex> {
  const index = imageIndexBuilder()
  const add = (name: string, group: string, offset: number, length: number): void => {
    if (length > MOST_IMAGE_BYTES) {
      const most = `a picture of at most ${MOST_IMAGE_BYTES} bytes`
      refuse(formatFailure('a data set', source.file, offset, most, `${length}: ${name}`))
    }
    index.add({ name, group, offset, length })
  }
  for await (const outer of tarEntries(source)) {
    if (outer.name.endsWith('.tar')) {
      const group = basename(outer.name, '.tar')
      for await (const { name, offset, size } of tarEntries(source, {
        from: outer.offset,
        to: outer.offset + outer.size,
      })) {
        if (isPicture(name)) add(`${group}/${name}`, group, offset, size)
      }
    } else if (isPicture(outer.name)) add(outer.name, groupOf(outer.name), outer.offset, outer.size)
  }
  return index.build()
}

/** The folder that a picture lies in, or the WordNet id that its name begins with. */
function groupOf(path: string): string {
  const folders = path.split('/').filter((part) => part !== '.' && part !== '')
  return folders.at(-2) ?? /^n\d{8}(?=_)/.exec(path)?.[0] ?? ''
}
