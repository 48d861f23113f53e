import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Every file under a folder, as paths relative to it with `/` on every system, sorted. */
export function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted()
}
