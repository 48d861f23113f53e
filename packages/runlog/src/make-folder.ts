import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it where they are missing, one by one. Node's own recursive call never comes back where
 * the system denies that a folder which is there can hold another, as `/proc` does.
 *
 * @throws the system's error where a folder can't be made, or a file has its name.
 */
export async function makeFolder(folder: string): Promise<void> {
  const first = await made(folder)
  if (first === undefined) return
  const above = dirname(folder)
  if (codeOf(first) !== 'ENOENT' || above === folder) throw first
  await makeFolder(above)
  const second = await made(folder)
  if (second !== undefined) throw second
}

/** Why a folder couldn't be made; undefined where it is there now, whoever made it. */
async function made(folder: string): Promise<unknown> {
  try {
    await mkdir(folder)
    return undefined
  } catch (error) {
    const isFolder = await stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    )
    return isFolder ? undefined : error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
