import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asideOf } from './aside-of.ts'
import { makeFolder } from './make-folder.ts'
import { sync } from './sync.ts'

export interface ReplaceOptions {
  /**
   * Whether the new contents are to outlast a power cut. False where they can be made again and a torn file is noticed:
   * waiting for the disk takes some milliseconds. Default true.
   */
  readonly lasting?: boolean
}

/**
 * Writes a file so that a kill or a power cut at any moment leaves the old contents or the new, whole: aside in the same
 * folder, synced, renamed, and the folder synced. The folder is made where it is missing. Of several that write it at once,
 * one's contents stay.
 *
 * @throws the system's error where the folder or the file can't be written; the old file is then as it was.
 *
 * @example
 * await replaceFile('runs/a/spec.json', JSON.stringify(spec))
 */
export async function replaceFile(
  path: string,
  contents: string | Uint8Array,
  { lasting = true }: ReplaceOptions = {},
): Promise<void> {
  const aside = asideOf(path)
  await makeFolder(dirname(path))
  try {
    await writeFile(aside, contents, { flush: lasting })
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error
  }
  if (lasting) await sync(dirname(path))
}
