import type { taskEither as TE } from 'fp-ts'
import type { CifarFailure, CifarOptions } from '../cifar/cifar.ts'
import { CIFAR10, CIFAR100, type CifarKind } from '../cifar/cifar-parts.ts'
import { cifar10 as openCifar10 } from '../cifar/cifar10.ts'
import { cifar100 as openCifar100 } from '../cifar/cifar100.ts'
import type { NamedSplit } from '../named-split.ts'
import type { DataSet } from './data-set.ts'
import { folderOf, foldersOf } from './folders-of.ts'

const dataSet = (
  { name, classes, binary, python }: CifarKind,
  title: string,
  bytes: number,
  openIt: (options: CifarOptions) => TE.TaskEither<CifarFailure, NamedSplit>,
): DataSet => {
  const landmarks = [binary.archive, python.archive, binary.folder, python.folder]
  return {
    name,
    title,
    licence: 'none stated; cite Krizhevsky 2009',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    examples: { train: 50_000, test: 10_000 },
    classes,
    landmarks,
    files: [
      {
        name: binary.archive,
        bytes,
        sha256: binary.sha256,
        addresses: [`https://www.cs.toronto.edu/~kriz/${binary.archive}`],
      },
    ],
    open: ({ part, directory, inputShape }) =>
      openIt({
        part,
        directory: folderOf({ name, landmarks }, directory) ?? foldersOf(name, directory)[0],
        ...(inputShape === undefined ? {} : { inputShape }),
      }),
  }
}

export const cifar10: DataSet = dataSet(CIFAR10, 'CIFAR-10: small photographs, 32 × 32', 170_052_171, openCifar10)
export const cifar100: DataSet = dataSet(CIFAR100, 'CIFAR-100: small photographs, 32 × 32', 168_513_733, openCifar100)
