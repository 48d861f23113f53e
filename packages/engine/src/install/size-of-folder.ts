import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of all files in a folder at this moment; files that vanish meanwhile count for nothing. */
export function sizeOfFolder(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
      if (!entry.isFile()) return sum
      try {
        return sum + statSync(join(entry.parentPath, entry.name)).size
      } catch {
        return sum
      }
    }, 0)
  } catch {
    return 0
  }
}
