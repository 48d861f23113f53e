import type { Split } from '@coherent-gradients/core'
import { unitBytes } from '@coherent-gradients/kernels'
import { either as E, type taskEither as TE } from 'fp-ts'
import { basename, join, resolve } from 'node:path'
import { decodeImage, type ImageFailure, type ImageShape } from './decode-image.ts'
import type { FileFailure } from './file-failure.ts'
import { imageFiles, type NoImages } from './image-files.ts'
import type { LinkFailure } from './images/real-inside.ts'
import { partIn } from './images/part-in.ts'
import { rowIndex } from './row-index.ts'

export interface ImageFolderOptions {
  /** One folder a class inside; or `train` and `test` (or `val`) inside, and the classes in those. */
  readonly folder: string
  /** Which of the two, `train` unless said. What isn't parted so is all of the part `train`. */
  readonly part?: 'train' | 'test'
  /** Every picture is brought into this shape. */
  readonly shape: ImageShape
  /** What becomes of pictures that can't be decoded: the read rejects, or they are missing from the batch. */
  readonly onBadImage?: 'fail' | 'skip'
}

/** A {@link Split} of pictures on disk. */
export interface ImageFolder extends Split {
  /** [classes] the folders' names, in the order of the labels. */
  readonly classNames: readonly string[]
  /** [n] every example's label, in the order of `ids`, so that nobody decodes pictures for them. */
  readonly labels: Int32Array
  /** [n] every example's file, in the order of `ids`. */
  readonly files: readonly string[]
  /** What has been left out until now, by id; empty unless `onBadImage` is `skip`. */
  leftOut(): readonly { readonly id: number; readonly failure: ImageFailure }[]
}

/** So many pictures are decoded at a time. */
const TOGETHER = 8

/**
 * A folder of pictures, one folder a class, as a split. Pictures are decoded when they are read, and never kept.
 *
 * Index legend: n pictures, C classes: label c is the c-th folder by name. Ids count from 0 through the first picture of
 * every class, then the second of every class, and so on, by the files' names: the first N examples are then as evenly
 * spread over the classes as they can be. Inputs are [height, width, channels] in [0, 1]; {@link decodeImage} says how a
 * picture gets into that shape. `read` rejects with one line that names the file where a picture can't be decoded.
 *
 * @returns left where the folder can't be read, or a class has no picture.
 *
 * @example
 * imageFolder({ folder: 'pets', shape: { height: 64, width: 64, channels: 3 } }) // pets/cat/*.jpg, pets/dog/*.jpg
 */
export function imageFolder({
  folder,
  part = 'train',
  shape,
  onBadImage = 'fail',
}: ImageFolderOptions): TE.TaskEither<FileFailure | LinkFailure | NoImages, ImageFolder> {
  return async () => {
    const inside = partIn(folder, part) ?? (part === 'test' ? part : '')
    const read = await imageFiles(join(folder, inside))()
    if (E.isLeft(read)) return read
    const classes = read.right
    const examples = inTurns(classes.map(({ files }) => files))
    const own = basename(resolve(folder))
    const name = inside === '' ? own : `${own}/${inside}`
    const ids = Uint32Array.from(examples, (_, id) => id)
    const index = rowIndex(name, ids)
    const inputShape = [shape.height, shape.width, shape.channels]
    const size = shape.height * shape.width * shape.channels
    const bad = new Map<number, ImageFailure>()
    return E.right({
      name,
      ids,
      inputShape,
      classes: classes.length,
      classNames: classes.map((each) => each.name),
      labels: Int32Array.from(examples, ({ label }) => label),
      files: examples.map(({ file }) => file),
      leftOut: () => [...bad].map(([id, failure]) => ({ id, failure })).toSorted((a, b) => a.id - b.id),
      async read(wanted) {
        const rows = index.rows(wanted)
        const inputs = new Float32Array(rows.length * size)
        const there: number[] = []
        for (let from = 0; from < rows.length; from += TOGETHER) {
          const some = rows.subarray(from, from + TOGETHER)
          const decoded = await Promise.all(Array.from(some, (row) => decodeImage(examples[row]!.file, shape)()))
          decoded.forEach((pixels, i) => {
            if (E.isRight(pixels)) {
              unitBytes(pixels.right, inputs, there.length * size)
              there.push(some[i]!)
            } else if (onBadImage === 'fail') throw new Error(pixels.left.message)
            else bad.set(some[i]!, pixels.left)
          })
        }
        const labels = Int32Array.from(there, (row) => examples[row]!.label)
        return {
          ids: Uint32Array.from(there),
          inputShape,
          inputs: there.length === rows.length ? inputs : inputs.slice(0, there.length * size),
          labels,
          trueLabels: labels.slice(),
          touched: new Uint8Array(there.length),
        }
      },
    })
  }
}

/** The first of each, then the second of each, and so on. */
function inTurns(classes: readonly (readonly string[])[]): { readonly file: string; readonly label: number }[] {
  const most = Math.max(...classes.map((files) => files.length))
  return Array.from({ length: most }, (_, turn) =>
    classes.flatMap((files, label) => (turn < files.length ? [{ file: files[turn]!, label }] : [])),
  ).flat()
}
