import { either as E, type taskEither as TE } from 'fp-ts'
import { idxSplit } from './idx-split.ts'
import type { MnistFailure } from './mnist.ts'
import { mnistFiles } from './mnist-files.ts'
import type { NamedSplit } from './named-split.ts'

export interface FashionMnistOptions {
  readonly split: 'train' | 'test'
  /** Folder of the four IDX files, behind gzip or not. */
  readonly directory: string
  /** `[784]` where absent; `[28, 28, 1]` for convolutions. */
  readonly inputShape?: readonly number[]
}

const classNames = 'T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot'.split(',')

/**
 * Fashion-MNIST: 60,000 training or 10,000 test images of clothes, 28 × 28 in ten classes as MNIST is, with pixels from
 * 0 to 1. Ids count from 0 in file order.
 *
 * @returns left when the files are not found, cannot be read, are torn or corrupt, or don't fit together.
 *
 * @example
 * fashionMnist({ split: 'train', directory: 'downloads/fashion-mnist' })
 */
export function fashionMnist({
  split,
  directory,
  inputShape,
}: FashionMnistOptions): TE.TaskEither<MnistFailure, NamedSplit> {
  return async () => {
    const files = mnistFiles(split, [directory], 'Fashion-MNIST')
    if (E.isLeft(files)) return files
    const shape = inputShape === undefined ? {} : { inputShape }
    const read = await idxSplit({ name: `fashion-mnist/${split}`, ...files.right, classes: 10, ...shape })()
    return E.isLeft(read) ? read : E.right({ ...read.right, classNames })
  }
}
