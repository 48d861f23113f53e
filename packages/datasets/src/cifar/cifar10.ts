import type { taskEither as TE } from 'fp-ts'
import type { NamedSplit } from '../named-split.ts'
import { cifar, type CifarFailure, type CifarOptions } from './cifar.ts'
import { CIFAR10 } from './cifar-parts.ts'

/**
 * CIFAR-10: 50,000 training or 10,000 test pictures of ten classes, [32, 32, 3] with numbers from 0 to 1.
 *
 * Read out of the official archive (binary or python; packed or unpacked), which is told by its sha256. Python's batches
 * are pickles, and are read without running anything. Ids count from 0 in the batches' order.
 *
 * @returns left when nothing is found, an archive is not the official one, or a file is torn or corrupt.
 *
 * @example
 * cifar10({ part: 'train', directory: 'downloads' }) // downloads/cifar-10-binary.tar.gz
 */
export function cifar10(options: CifarOptions): TE.TaskEither<CifarFailure, NamedSplit> {
  return cifar(CIFAR10, options)
}
