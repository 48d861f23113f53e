import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of all files in a folder and below it; 0 where it isn't there. Files that go meanwhile count nothing. */
export function diskUse(folder: string): number {
  return entriesOf(folder)
    .map((entry) => (entry.isDirectory() ? diskUse(join(folder, entry.name)) : sizeOf(join(folder, entry.name))))
    .reduce((sum, bytes) => sum + bytes, 0)
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
