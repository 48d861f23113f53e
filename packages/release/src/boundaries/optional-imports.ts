import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { WorkspacePackage } from '../workspace-packages.ts'
import { platformsOf } from './browser-files.ts'
import { importsOf } from './imports-of.ts'
import { packageNameOf } from './package-name-of.ts'

/**
 * Where a package's main entry, `src/index.ts`, reaches an import of one of its optional peers at load time. Whoever
 * does not have the peer cannot load the package then; such imports belong behind a subpath or an `import(…)`.
 */
export function optionalImports({ directory, manifest }: WorkspacePackage): string[] {
  const optional = Object.entries(manifest.peerDependenciesMeta ?? {}).filter(([, meta]) => meta.optional === true)
  const names = optional.map(([name]) => name)
  const seen = new Set<string>()
  function visit(path: string): string[] {
    if (seen.has(path)) return []
    seen.add(path)
    return importsOf(path, readFileSync(join(directory, path), 'utf8'))
      .filter((found) => !found.type && !found.dynamic)
      .flatMap(({ specifier, line }) => {
        if (specifier?.startsWith('.') === true) return visit(posix.join(posix.dirname(path), specifier))
        if (specifier?.startsWith('#') === true) return platformsOf(manifest, specifier).flatMap(visitTarget)
        const name = specifier === null ? '' : packageNameOf(specifier)
        return names.includes(name) ? [`${path}:${line}: '${name}' is an optional peer`] : []
      })
  }
  function visitTarget(target: string): string[] {
    return visit(posix.normalize(target))
  }
  return visit('src/index.ts')
}
