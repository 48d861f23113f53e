import type { Failure, Split } from '@coherent-gradients/core'
import { readInOrder, readLabels, splitOf, subset } from '@coherent-gradients/datasets'
import { dataSets, openDataSet } from '@coherent-gradients/datasets/catalogue'
import { centreCrop224, type ImageShape } from '@coherent-gradients/datasets/images'
import { either as E } from 'fp-ts'
import type { DataOptions } from './read-data.ts'

/** What {@link readNamed} finds out about a data set. */
export interface NamedData {
  readonly split: Split
  readonly labels: Split
  readonly classNames: readonly string[]
  readonly bytes: 'pixels' | 'none'
}

/**
 * A data set that `data list` knows, or an archive of pictures. Of pictures the middle is measured, at the model's size as
 * the field does it at 224: the short side is scaled to 256/224 of it.
 *
 * @param shape of the model's pictures; asked only where the data are pictures.
 * @returns left where there is no such data set, or pictures meet a model that takes no square with three colours.
 */
export async function readNamed(
  { dataset, part = 'train', dataDir = 'data', onBadImage = 'fail' }: DataOptions,
  shape: E.Either<Failure, ImageShape>,
): Promise<E.Either<Failure, NamedData>> {
  const side = E.isRight(shape) ? shape.right.height : undefined
  const { resize, crop } = centreCrop224
  const own = side === undefined ? {} : { resize: Math.round((side * resize) / crop), crop: side }
  const preprocessing = { ...centreCrop224, ...own }
  const opened = await openDataSet(dataset, { part, directory: dataDir, preprocessing, onBadImage })()
  if (E.isLeft(opened)) return opened
  const split = opened.right
  const arePictures = 'preprocessing' in split
  if (arePictures && E.isLeft(shape)) return shape
  if (arePictures && E.isRight(shape)) {
    const { height, width, channels } = shape.right
    if (height !== width || channels !== 3) {
      const found = `found a model that takes [${height}, ${width}, ${channels}]`
      return E.left({ _tag: 'WrongShape', message: `${dataset}: required a square with red, green and blue, ${found}` })
    }
  }
  const { name, ids, classes, classNames } = split
  const { labels } = await readLabels(split, ids)
  const alone = splitOf({ name, inputs: new Float32Array(0), labels, ids, inputShape: [0], classes })
  const gray = dataSets.find((each) => each.name === dataset)?.pixels === true
  const bytes = arePictures || split.inputShape.at(-1) === 3 || gray ? 'pixels' : 'none'
  return E.right({ split, labels: alone, classNames, bytes })
}

/** The examples that can be read, where others are to be skipped; found out by reading all of them. */
export async function withoutBad(split: Split, { onBadImage }: DataOptions): Promise<E.Either<Failure, Split>> {
  if (onBadImage !== 'skip') return E.right(split)
  const ids: number[] = []
  for await (const batch of readInOrder(split, 64)) ids.push(...batch.ids)
  if (ids.length === 0) {
    return E.left({ _tag: 'NoExamples', message: `${split.name}: none of ${split.ids.length} examples can be read` })
  }
  return E.right(ids.length === split.ids.length ? split : subset(split, ids, split.name))
}
