import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** Where a package is installed, as seen from the first of `from` (file URLs or paths) that sees it. None of it is run. */
export function packageFolder(name: string, from: readonly string[]): string | undefined {
  for (const origin of from) {
    try {
      return dirname(createRequire(origin).resolve(`${name}/package.json`))
    } catch {
      // Not installed there.
    }
  }
  return undefined
}
