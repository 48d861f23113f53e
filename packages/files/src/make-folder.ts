import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it that are missing, one by one. Node's own recursive call never comes back where the
 * system denies that a folder which is there can hold another, as `/proc` does.
 *
 * @throws the system's error where a folder can't be made, or a file has its name.
 *
 * @example
 * await makeFolder('results/2026/fig-4')
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

/** Why the folder couldn't be made; undefined where it is there now, whoever made it. */
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
