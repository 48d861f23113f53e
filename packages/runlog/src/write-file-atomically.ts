import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { taskEither as TE } from 'fp-ts'
import { writeFailure, type WriteFailed } from './failures.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Writes a file so that a kill or a power cut at any moment leaves the old contents or the new, whole: under another
 * name in the same folder, fsync, rename, fsync of the folder. The folder is made where it is missing.
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

/** How names of files written aside end; a kill may leave one behind. */
export const ASIDE = '.aside'

/** Tells apart the files that this thread writes aside, also where it writes one path twice at the same time. */
let written = 0

async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  const folder = dirname(path)
  const aside = join(folder, `.${basename(path)}.${process.pid}-${threadId}-${written++}${ASIDE}`)
  await makeFolder(folder)
  try {
    await writeFile(aside, contents, { flush: true })
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(folder)
}

/** Makes the folder's entries last through a power cut. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
