import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it that are missing, each with a call of its own: asked to do it recursively, Node never
 * answers where the system says of a folder that is there that it can't hold others (below `/proc`).
 *
 * @throws the system's error where a folder can't be made, or a file is in its place.
 */
export async function makeFolder(folder: string): Promise<void> {
  const first = await refusal(folder)
  if (first === undefined) return
  const above = dirname(folder)
  if (first.code !== 'ENOENT' || above === folder) throw first
  await makeFolder(above)
  const second = await refusal(folder)
  if (second !== undefined) throw second
}

/** The system's error where the folder isn't there after an attempt to make it; undefined where it is, whoever made it. */
async function refusal(folder: string): Promise<NodeJS.ErrnoException | undefined> {
  return mkdir(folder).then(
    () => undefined,
    async (error: NodeJS.ErrnoException) => ((await isFolder(folder)) ? undefined : error),
  )
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}
