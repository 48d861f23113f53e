/** One of the two CIFAR data sets, as its official archives name things. */
export interface CifarKind {
  readonly name: 'cifar10' | 'cifar100'
  readonly classes: number
  /** Bytes of labels before each picture's 3,072. The last of them is the class. */
  readonly labelBytes: 1 | 2
  /** The key of the labels in python's dictionaries. */
  readonly labelKey: string
  /** Archives, and the folders in them. */
  readonly binary: CifarFiles
  readonly python: CifarFiles
}

export interface CifarFiles {
  readonly archive: string
  /** sha256 of the archive. */
  readonly sha256: string
  readonly folder: string
  readonly train: readonly string[]
  readonly test: readonly string[]
  /** The classes' names. */
  readonly meta: string
}

const five = (name: (i: number) => string): string[] => [1, 2, 3, 4, 5].map(name)

export const CIFAR10: CifarKind = {
  name: 'cifar10',
  classes: 10,
  labelBytes: 1,
  labelKey: 'labels',
  binary: {
    archive: 'cifar-10-binary.tar.gz',
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    folder: 'cifar-10-batches-bin',
    train: five((i) => `data_batch_${i}.bin`),
    test: ['test_batch.bin'],
    meta: 'batches.meta.txt',
  },
  python: {
    archive: 'cifar-10-python.tar.gz',
    sha256: '6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce',
    folder: 'cifar-10-batches-py',
    train: five((i) => `data_batch_${i}`),
    test: ['test_batch'],
    meta: 'batches.meta',
  },
}

export const CIFAR100: CifarKind = {
  name: 'cifar100',
  classes: 100,
  labelBytes: 2,
  labelKey: 'fine_labels',
  binary: {
    archive: 'cifar-100-binary.tar.gz',
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    folder: 'cifar-100-binary',
    train: ['train.bin'],
    test: ['test.bin'],
    meta: 'fine_label_names.txt',
  },
  python: {
    archive: 'cifar-100-python.tar.gz',
    sha256: '85cd44d02ba6437773c5bbd22e183051d648de2e7d6b014e1ef29b855ba677a7',
    folder: 'cifar-100-python',
    train: ['train'],
    test: ['test'],
    meta: 'meta',
  },
}
