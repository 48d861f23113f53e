import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Manifest, WorkspacePackage } from '../workspace-packages.ts'
import { importsOf } from './imports-of.ts'

/**
 * The source files of a package that a browser would load, from its entries on. An import of package.json's `imports`
 * (`#platform`) leads to what it is without the condition `node`, so what only Node takes is not among them.
 *
 * @param nodeEntries entries that are for Node alone, as `exports` names them: `./install`.
 */
export function browserFiles(
  { directory, manifest }: WorkspacePackage,
  nodeEntries: readonly string[] = [],
): ReadonlySet<string> {
  const found = new Set<string>()
  function visit(path: string): void {
    if (found.has(path) || !path.endsWith('.ts')) return
    found.add(path)
    for (const { specifier, type } of importsOf(path, readFileSync(join(directory, path), 'utf8'))) {
      if (type || specifier === null) continue
      if (specifier.startsWith('.')) visit(posix.join(posix.dirname(path), specifier))
      if (specifier.startsWith('#')) visit(posix.normalize(platformsOf(manifest, specifier).at(-1) ?? ''))
    }
  }
  for (const [entry, path] of Object.entries(manifest.exports ?? {})) {
    if (!nodeEntries.includes(entry)) visit(posix.normalize(path))
  }
  return found
}

/** What an import of package.json's `imports` may lead to, the default last; nothing where it isn't there. */
export function platformsOf(manifest: Manifest, specifier: string): string[] {
  return Object.values(manifest.imports?.[specifier] ?? {})
}
