import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.ts'

/** What these tests read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly license?: string
  readonly sideEffects?: boolean
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
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

/** Every package under packages/ and apps/, in the order of their names. */
export function workspacePackages(): readonly WorkspacePackage[] {
  return ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(workspaceRoot, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => {
        const directory = join(workspaceRoot, parent, name)
        const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest
        return { folder: name, directory, manifest }
      })
      .toSorted((a, b) => a.folder.localeCompare(b.folder)),
  )
}
