import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.ts'

/** What these tests read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly sideEffects?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string>>
  readonly imports?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly publishConfig?: { readonly access?: string; readonly exports?: unknown; readonly imports?: unknown }
  readonly engines?: { readonly node?: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Its folder's name, by which tables and messages call it: `coherence`. */
  readonly folder: string
  readonly directory: string
  readonly manifest: Manifest
}

/** Every package under apps/ and packages/ of this checkout, or of another that `root` names. */
export function workspacePackages(root: string = workspaceRoot): readonly WorkspacePackage[] {
  return ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => {
        const directory = join(root, parent, name)
        const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest
        return { folder: name, directory, manifest }
      })
      .toSorted((a, b) => a.folder.localeCompare(b.folder)),
  )
}
