import { rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asideOf } from './aside-of.ts'
import { makeFolder } from './make-folder.ts'
import { moveIntoPlace } from './move-into-place.ts'

/**
 * Writes a file so that a kill or a power cut at any moment leaves the old contents or the new, whole: aside in the same
 * folder, then {@link moveIntoPlace}. The folder is made where it is missing. Of several that write it at once, one's
 * contents stay.
 *
 * @throws the system's error where the folder or the file can't be written; the old file is then as it was.
 *
 * @example
 * await replaceFile('runs/a/spec.json', JSON.stringify(spec))
 */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  const aside = asideOf(path)
  await makeFolder(dirname(path))
  try {
    await writeFile(aside, contents, { flush: true })
    await moveIntoPlace(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error
  }
}
