import type { Failure, Split } from '@coherent-gradients/core'
import { mnist } from '@coherent-gradients/datasets'
import { dataSets, folderOf, openDataSet } from '@coherent-gradients/datasets/catalogue'
import { centreCrop224, type ImageSplit } from '@coherent-gradients/datasets/images'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { TrainingSpec } from '../run-spec.ts'
import { asPictures } from './as-pictures.ts'

/** What of reading data is no part of a spec: it changes whether there are tables, and never what they hold. */
export interface DataPlace {
  readonly dataDirectory?: string
  /** `skip` leaves pictures out that can't be decoded, and the run's record says which; `fail`, the default, makes no run. */
  readonly onBadImage?: 'fail' | 'skip'
}

/**
 * A data set by the name in a spec. Where it lies is no part of the spec: only what is read changes tables.
 *
 * @returns left when it can't be opened, or random crops or shifts are asked for of what is no pictures.
 */
export function openData(
  { dataset, preprocessing, augment }: TrainingSpec['data'],
  part: 'train' | 'test',
  { dataDirectory, onBadImage }: DataPlace,
): TE.TaskEither<Failure, Split> {
  if (dataset === 'mnist' && dataDirectory !== undefined && augment?.kind !== 'random-crop') {
    const known = dataSets.find((each) => each.name === dataset)
    return mnist({ part, directory: (known && folderOf(known, dataDirectory)) ?? dataDirectory })
  }
  const cutAgain = augment?.kind === 'random-crop' && part === 'train'
  const how = preprocessing ?? (cutAgain ? centreCrop224 : undefined)
  return async () => {
    const opened = await openDataSet(dataset, {
      part,
      directory: dataDirectory ?? 'data',
      cutAgain,
      ...(how === undefined ? {} : { preprocessing: how }),
      ...(onBadImage === undefined ? {} : { onBadImage }),
    })()
    if (E.isLeft(opened)) return opened
    if (augment?.kind === 'random-shift' && part === 'train') {
      const pictures = asPictures(opened.right, 'a random shift (data.augment)')
      return E.isLeft(pictures) ? pictures : opened
    }
    if (!cutAgain || isPictures(opened.right)) return opened
    const message = `${dataset}: random crops (data.augment) are cut out of pictures, and these are numbers as they are`
    return E.left({ _tag: 'NoPictures', message })
  }
}

/** Whether examples are cut out of pictures when they are read. */
export function isPictures(split: Split): split is ImageSplit {
  return 'cut' in split && 'atEpoch' in split
}
