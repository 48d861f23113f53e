import { open } from 'node:fs/promises'

/** Makes a file, or a folder's list of names, outlast a power cut. Windows syncs neither through such a handle. */
export async function sync(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
