import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importsOf } from '../boundaries/imports-of.ts'
import { packageNameOf } from '../boundaries/package-name-of.ts'
import { filesUnder } from '../files-under.ts'
import { isTestFile } from '../is-test-file.ts'
import type { WorkspacePackage } from '../workspace-packages.ts'

/** One package imports another, by their folders; `types` where it takes nothing else from it. */
export interface Dependency {
  readonly from: string
  readonly to: string
  readonly types: boolean
}

/** Who imports whom in the sources of some packages, tests apart; sorted. Imports of other packages are left out. */
export function dependencyGraph(packages: readonly WorkspacePackage[]): Dependency[] {
  return packages.flatMap(({ folder, directory, manifest }) => {
    const imports = sourcesOf(directory)
      .flatMap((path) => importsOf(path, readFileSync(path, 'utf8')))
      .filter(({ specifier }) => specifier !== null)
    return packages.flatMap(({ folder: to, manifest: { name } }) => {
      if (name === manifest.name) return []
      const found = imports.filter(({ specifier }) => packageNameOf(specifier!) === name)
      return found.length === 0 ? [] : [{ from: folder, to, types: found.every(({ type }) => type) }]
    })
  })
}

function sourcesOf(directory: string): string[] {
  return filesUnder(join(directory, 'src'))
    .filter((path) => path.endsWith('.ts') && !path.includes('generated/') && !isTestFile(path))
    .map((path) => join(directory, 'src', path))
}
