import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asideOf, makeFolder } from '@coherent-gradients/files'
import { taskEither as TE } from 'fp-ts'
import { writeFailure, type WriteFailed } from './failures.ts'

/**
 * Makes a folder where it is missing, and tries whether files can be written there: to be asked before a long computation
 * whose results go there.
 *
 * @returns `WriteFailed` when the folder can't be made or written to.
 *
 * @example
 * await writableFolder('results')() // Either<WriteFailed, void>
 */
export function writableFolder(folder: string): TE.TaskEither<WriteFailed, void> {
  return TE.tryCatch(
    async () => {
      await makeFolder(folder)
      const trial = asideOf(join(folder, 'trial'))
      await writeFile(trial, '')
      await rm(trial)
    },
    (cause) => writeFailure(folder, cause),
  )
}
