import type { taskEither as TE } from 'fp-ts'
import type { NamedSplit } from '../named-split.ts'
import { cifar, type CifarFailure, type CifarOptions } from './cifar.ts'
import { CIFAR100 } from './cifar-parts.ts'

/**
 * CIFAR-100: 50,000 training or 10,000 test pictures of a hundred classes (the fine labels), [32, 32, 3] with numbers
 * from 0 to 1. Files are found, checked and read as {@link cifar10}'s are.
 *
 * @returns left when nothing is found, an archive is not the official one, or a file is torn or corrupt.
 *
 * @example
 * cifar100({ part: 'test', directory: 'downloads' }) // downloads/cifar-100-python.tar.gz
 */
export function cifar100(options: CifarOptions): TE.TaskEither<CifarFailure, NamedSplit> {
  return cifar(CIFAR100, options)
}
