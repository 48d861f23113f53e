import { fashionMnist as openFashionMnist } from '../fashion-mnist.ts'
import type { DataSet } from './data-set.ts'
import { folderOf, foldersOf } from './folders-of.ts'

const file = (name: string, bytes: number, sha256: string): DataSet['files'][number] => ({
  name,
  bytes,
  sha256,
  addresses: [
    `http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/${name}`,
    `https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/${name}`,
  ],
})

export const fashionMnist: DataSet = {
  name: 'fashion-mnist',
  title: 'Fashion-MNIST: clothes, 28 × 28',
  licence: 'MIT',
  homepage: 'https://github.com/zalandoresearch/fashion-mnist',
  examples: { train: 60_000, test: 10_000 },
  classes: 10,
  pixels: true,
  // Its files are called as MNIST's are: only the folder of its own name is looked at.
  landmarks: [],
  files: [
    file('train-images-idx3-ubyte.gz', 26_421_880, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84'),
    file('train-labels-idx1-ubyte.gz', 29_515, 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845'),
    file('t10k-images-idx3-ubyte.gz', 4_422_102, '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073'),
    file('t10k-labels-idx1-ubyte.gz', 5_148, '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5'),
  ],
  open: ({ part, directory, inputShape }) =>
    openFashionMnist({
      part,
      directory: folderOf(fashionMnist, directory) ?? foldersOf('fashion-mnist', directory)[0],
      ...(inputShape === undefined ? {} : { inputShape }),
    }),
}
