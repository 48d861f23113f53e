import { replaceFile } from '@coherent-gradients/files'
import { taskEither as TE } from 'fp-ts'
import { writeFailure, type WriteFailed } from './failures.ts'

/**
 * Writes a file so that a kill or a power cut at any moment leaves the old contents or the new, whole; the folder is made
 * where it is missing.
 *
 * @returns `WriteFailed` when the folder or the file cannot be written; the old file is then as it was.
 *
 * @example
 * await writeFileAtomically('runs/a/spec.json', canonicalJson(spec))()
 */
export function writeFileAtomically(path: string, contents: string | Uint8Array): TE.TaskEither<WriteFailed, void> {
  return TE.tryCatch(
    () => replaceFile(path, contents),
    (cause) => writeFailure(path, cause),
  )
}
