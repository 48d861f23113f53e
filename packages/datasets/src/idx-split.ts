import type { Split } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { FileFailure } from './file-failure.ts'
import type { IdxFailure } from './idx-failure.ts'
import { type ChecksumMismatch, loadIdx } from './load-idx.ts'
import { type IdxMismatch, type IdxSplitShape, splitOfIdx } from './split-of-idx.ts'

export type IdxSplitFailure = FileFailure | IdxFailure | ChecksumMismatch | IdxMismatch

export interface IdxSplitOptions extends IdxSplitShape {
  /** Paths of the two files, behind gzip or not. */
  readonly images: string
  readonly labels: string
  /** sha256 of the bytes behind gzip, where they are known. */
  readonly sha256?: { readonly images: string; readonly labels: string }
}

/**
 * A split out of two IDX files: images and their labels, as MNIST, Fashion-MNIST, EMNIST and KMNIST come.
 *
 * Bytes stay bytes in memory and are divided by 255 as they are read. Ids count from 0 in file order.
 *
 * @returns left when a file is missing, cannot be read, is torn or corrupt or has another sum, or the two don't fit.
 *
 * @example
 * idxSplit({ name: 'fashion/train', images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz', classes: 10 })
 */
export function idxSplit(options: IdxSplitOptions): TE.TaskEither<IdxSplitFailure, Split> {
  return async () => {
    const [images, labels] = await Promise.all([
      loadIdx(options.images, options.sha256?.images)(),
      loadIdx(options.labels, options.sha256?.labels)(),
    ])
    if (E.isLeft(images)) return images
    if (E.isLeft(labels)) return labels
    return splitOfIdx(images.right, labels.right, options)
  }
}
