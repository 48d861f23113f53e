import { basename, join, relative, resolve, sep } from 'node:path'
import type { taskEither as TE } from 'fp-ts'
import type { FormatFailure } from '../binary/format-failure.ts'
import { readWhole } from '../binary/read-whole.ts'
import { attempt } from '../binary/refusal.ts'
import type { FileFailure } from '../file-failure.ts'
import { picturesIn } from '../image-files.ts'
import type { EncodedImages } from './encoded-images.ts'
import { imageIndexBuilder } from './image-index.ts'
import { inTurns } from './in-turns.ts'
import { MOST_IMAGE_BYTES } from './is-picture.ts'
import { type ClassOptions, labelsOf } from './labels-of.ts'
import { plainName } from './plain-name.ts'
import type { LinkFailure } from './real-inside.ts'
import { rowIndex } from '../row-index.ts'

export interface FolderImagesOptions extends ClassOptions {
  readonly folder: string
  /** The folder's name where absent. */
  readonly name?: string
}

/**
 * The pictures of a folder on disk: a folder for each class (`train/<wnid>/*.JPEG`), or a flat one whose pictures' classes
 * `truth` says, or whose names begin with WordNet ids. The same pictures have the same ids as in an archive of them.
 *
 * @returns left when the folder can't be read, a link leads out of it, it holds no picture, or one has no class.
 *
 * @example
 * folderImages({ folder: 'imagenet/train' })
 */
export function folderImages(
  options: FolderImagesOptions,
): TE.TaskEither<FileFailure | FormatFailure | LinkFailure, EncodedImages> {
  const { folder, name = basename(resolve(folder)) } = options
  return attempt(folder, async () => {
    const builder = imageIndexBuilder()
    for (const file of await picturesIn(folder, folder)) {
      const path = relative(folder, file).split(sep).join('/')
      builder.add({ name: path, group: groupOf(path), offset: 0, length: 0 })
    }
    const index = builder.build()
    const { labels, classNames } = labelsOf(index, folder, options)
    const order = inTurns(labels, index.names.map(plainName))
    const ids = Uint32Array.from(order, (_, id) => id)
    const rows = rowIndex(name, ids)
    const pathOf = (id: number): string => join(folder, index.names[order[rows.rows([id])[0]!]!]!)
    return {
      name,
      ids,
      labels: Int32Array.from(order, (row) => labels[row]!),
      classNames,
      whereIs: pathOf,
      read: (id) => attempt(pathOf(id), () => readWhole(pathOf(id), MOST_IMAGE_BYTES)),
      async close() {},
    }
  })
}

/** The outermost folder, or the WordNet id that a name begins with. */
function groupOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : (/^n\d{8}(?=_)/.exec(path)?.[0] ?? '')
}
