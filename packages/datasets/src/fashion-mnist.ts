import type { taskEither as TE } from 'fp-ts'
import { likeMnist, type LikeMnistOptions } from './like-mnist.ts'
import type { MnistFailure } from './mnist.ts'
import type { NamedSplit } from './named-split.ts'

export type FashionMnistOptions = LikeMnistOptions

const kind = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classNames: 'T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot'.split(','),
}

/**
 * Fashion-MNIST: 60,000 training or 10,000 test images of clothes, 28 × 28 in ten classes as MNIST is, with pixels from
 * 0 to 1. Ids count from 0 in file order.
 *
 * @returns left when the files are not found, cannot be read, are torn or corrupt, or don't fit together.
 *
 * @example
 * fashionMnist({ part: 'train', directory: 'downloads/fashion-mnist' })
 */
export function fashionMnist(options: FashionMnistOptions): TE.TaskEither<MnistFailure, NamedSplit> {
  return likeMnist(kind, options)
}
