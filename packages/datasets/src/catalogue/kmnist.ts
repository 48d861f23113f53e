import { likeMnist } from '../like-mnist.ts'
import type { DataSet } from './data-set.ts'
import { foldersOf } from './folders-of.ts'

const file = (name: string, bytes: number, sha256: string): DataSet['files'][number] => ({
  name,
  bytes,
  sha256,
  addresses: [`http://codh.rois.ac.jp/kmnist/dataset/kmnist/${name}`],
})

const kind = { name: 'kmnist', title: 'Kuzushiji-MNIST', classNames: 'o,ki,su,tsu,na,ha,ma,ya,re,wo'.split(',') }

/** Sizes and sums are those of February 2019, when its images were mended, as TensorFlow Datasets lists them. */
export const kmnist: DataSet = {
  name: kind.name,
  title: 'Kuzushiji-MNIST: cursive Japanese characters, 28 × 28',
  licence: 'CC BY-SA 4.0',
  homepage: 'https://github.com/rois-codh/kmnist',
  examples: { train: 60_000, test: 10_000 },
  classes: 10,
  pixels: true,
  // Its files are called as MNIST's are: only the folder of its own name is looked at.
  landmarks: [],
  files: [
    file('train-images-idx3-ubyte.gz', 18_165_135, '51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4'),
    file('train-labels-idx1-ubyte.gz', 29_497, 'e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17'),
    file('t10k-images-idx3-ubyte.gz', 3_041_136, 'edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5'),
    file('t10k-labels-idx1-ubyte.gz', 5_120, '20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c'),
  ],
  open: ({ part, directory, inputShape }) =>
    likeMnist(kind, {
      part,
      directory: foldersOf(kind.name, directory)[0],
      ...(inputShape === undefined ? {} : { inputShape }),
    }),
}
