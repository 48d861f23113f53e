import { either as E, type taskEither as TE } from 'fp-ts'
import { idxSplit } from './idx-split.ts'
import type { MnistFailure } from './mnist.ts'
import { mnistFiles } from './mnist-files.ts'
import type { NamedSplit } from './named-split.ts'

/** A data set that stands in for MNIST: four IDX files of the same names. */
export interface LikeMnist {
  readonly name: string
  /** As failures name it: `Fashion-MNIST`. */
  readonly title: string
  readonly classNames: readonly string[]
}

export interface LikeMnistOptions {
  readonly part: 'train' | 'test'
  /** Folder of the four IDX files, behind gzip or not. */
  readonly directory: string
  /** `[784]` where absent; `[28, 28, 1]` for convolutions. */
  readonly inputShape?: readonly number[]
}

/** One part of such a data set, with pixels from 0 to 1. Ids count from 0 in file order. */
export function likeMnist(
  { name, title, classNames }: LikeMnist,
  { part, directory, inputShape }: LikeMnistOptions,
): TE.TaskEither<MnistFailure, NamedSplit> {
  return async () => {
    const files = mnistFiles(part, [directory], title)
    if (E.isLeft(files)) return files
    const shape = inputShape === undefined ? {} : { inputShape }
    const read = await idxSplit({
      name: `${name}/${part}`,
      ...files.right,
      classes: classNames.length,
      ...shape,
    })()
    return E.isLeft(read) ? read : E.right({ ...read.right, classNames })
  }
}
