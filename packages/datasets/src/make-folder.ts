import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it that are missing, each with a call of its own: asked to do it recursively, Node never
 * answers where the system says of a folder that is there that it can't hold others (below `/proc`).
 *
 * @throws the system's error where a folder can't be made, or a file is in its place.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (cause) {
    if (await isFolder(folder)) return
    const above = dirname(folder)
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder || (await isFolder(above))) throw cause
    await makeFolder(above)
    await makeFolder(folder)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}
