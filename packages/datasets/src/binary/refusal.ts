import type { Failure } from '@coherent-gradients/core'
import { either as E, type taskEither as TE } from 'fp-ts'
import type { FileFailure } from '../file-failure.ts'

/** Carries a failure out of the depths of a reader to {@link attempt}. Never leaves a public function. */
export class Refusal<F extends Failure = Failure> extends Error {
  readonly failure: F
  constructor(failure: F) {
    super(failure.message, { cause: failure })
    this.failure = failure
  }
}

/** Gives up with this failure. */
export function refuse(failure: Failure): never {
  throw new Refusal(failure)
}

/**
 * What `make` gives; left is what it refused with, or what the system said of a file. Anything else that is thrown is a
 * defect and stays thrown.
 *
 * @param file what a failure of the system calls the file where the system does not.
 */
export function attempt<F extends Failure, A>(
  file: string,
  make: () => Promise<A> | A,
): TE.TaskEither<F | FileFailure, A> {
  return async () => {
    try {
      return E.right(await make())
    } catch (cause) {
      if (cause instanceof Refusal) return E.left(cause.failure as F)
      const system = fileFailureOf(cause, file)
      if (system !== undefined) return E.left(system)
      throw cause
    }
  }
}

const WRITING: ReadonlySet<string> = new Set(['mkdir', 'rename', 'write', 'ftruncate', 'fsync', 'fdatasync', 'unlink'])

/** What the system said of a file, as a failure; undefined for any other error. */
export function fileFailureOf(cause: unknown, file: string): FileFailure | undefined {
  const { code, syscall, path } = (cause ?? {}) as NodeJS.ErrnoException
  if (typeof code !== 'string' || syscall === undefined) return undefined
  const where = path ?? file
  const what = WRITING.has(syscall) ? 'written' : 'read'
  return { _tag: 'FileFailure', message: `${where}: cannot be ${what} (${code})`, file: where, code }
}
