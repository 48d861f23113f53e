import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm } from '../pnpm.ts'
import { publicPackages } from '../public-packages.ts'
import { workspaceRoot } from '../workspace-root.ts'

/** The packed packages: each one's tarball by its name. */
export type Tarballs = Readonly<Record<string, string>>

/**
 * Builds every public package anew, in the order of their dependencies, and packs each into `destination` as pnpm would
 * publish it.
 */
export async function packPublicPackages(destination: string): Promise<Tarballs> {
  const packages = publicPackages()
  const filters = packages.map(({ manifest }) => `--filter=${manifest.name}`)
  for (const { directory } of packages) rmSync(join(directory, 'dist'), { recursive: true, force: true })
  await pnpm(['exec', 'turbo', 'run', 'build', '--concurrency=2', ...filters], workspaceRoot)
  const printed = await pnpm(['-r', ...filters, 'pack', '--json', '--pack-destination', destination], workspaceRoot)
  const packed = JSON.parse(printed) as { name: string; filename: string }[]
  return Object.fromEntries(packed.map(({ name, filename }) => [name, filename]))
}
