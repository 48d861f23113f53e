import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and first those above it that are missing, one after the other. Node's recursive `mkdir` never returns
 * where the system says of a folder that is there that it isn't, as it does below `/proc`.
 *
 * @throws the system's error where one of them can't be made, or is no folder.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = []
  for (let path = folder; !(await isFolder(path)); path = dirname(path)) {
    missing.push(path)
    if (path === dirname(path)) break
  }
  for (const path of missing.toReversed()) {
    try {
      await mkdir(path)
    } catch (error) {
      if (!(await isFolder(path))) throw error // else another process was faster
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
