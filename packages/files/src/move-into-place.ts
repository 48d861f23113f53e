import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sync } from './sync.ts'

/**
 * Gives what was written aside, a file or a folder, the name that it is to have, in the same file system. A kill or a
 * power cut leaves the old file or the new one, whole: what was written is synced, renamed, and the folder is synced.
 *
 * Of a folder only its list of names is synced, not the files in it; it takes no place where a folder with files is.
 *
 * @throws the system's error where it can't be renamed; both are then as they were.
 *
 * @example
 * await moveIntoPlace('train.pack.partial', 'train.pack')
 */
export async function moveIntoPlace(aside: string, place: string): Promise<void> {
  await sync(aside)
  await rename(aside, place)
  await sync(dirname(place))
}
