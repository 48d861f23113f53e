import type { Failure } from '@coherent-gradients/core'
import { folderImages, type NamedSplit } from '@coherent-gradients/datasets'
import { dataSets, openDataSet, partIn } from '@coherent-gradients/datasets/catalogue'
import { either as E } from 'fp-ts'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A data set, and where its examples lie if they are files. */
export interface OpenExamples {
  readonly split: NamedSplit
  readonly whereIs?: (id: number) => string
}

/** Pictures are brought to this many pixels on each side: enough to tell classes, few enough for a small network. */
const SIDE = 32

/** Opens a data set by its name, or the user's own folder of pictures, archive or .npz file. */
export async function openExamples({
  dataset,
  dataDir,
  part,
}: {
  readonly dataset: string
  readonly dataDir: string
  readonly part: 'train' | 'test'
}): Promise<E.Either<Failure, OpenExamples>> {
  const isFolder =
    !dataSets.some(({ name }) => name === dataset) && existsSync(dataset) && statSync(dataset).isDirectory()
  const opened = await openDataSet(dataset, {
    part,
    directory: dataDir,
    preprocessing: { kind: 'centre-crop', resize: SIDE, crop: SIDE },
    onBadImage: 'skip',
  })()
  if (E.isLeft(opened)) return opened
  if (opened.right.classes < 2) {
    const message = `${opened.right.name}: required two classes or more, found ${opened.right.classes}`
    return E.left({ _tag: 'OneClass', message })
  }
  if (!isFolder) return E.right({ split: opened.right })
  // The same files in the same order as the split has them, asked for their paths.
  const inside = partIn(dataset, part)
  const files = await folderImages({ folder: inside === undefined ? dataset : join(dataset, inside) })()
  if (E.isLeft(files)) return E.right({ split: opened.right })
  const { whereIs } = files.right
  return E.right({ split: opened.right, whereIs })
}
