import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pnpm } from '../pnpm.ts'
import { publicPackages } from '../public-packages.ts'
import type { Tarballs } from '../tarballs/pack-public-packages.ts'
import type { WorkspacePackage } from '../workspace-packages.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { installedBy } from './installed-by.ts'

/**
 * Sets up, under `destination`, one empty project for each public package, named after the package's folder, and
 * installs in it what the package's README says: ours from the tarballs, others in the versions that the workspace has.
 *
 * pnpm links into a project only what the project itself names, so an example that imports more fails.
 */
export async function installConsumers(destination: string, tarballs: Tarballs): Promise<void> {
  const ours = Object.fromEntries(Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]))
  const settings = { packages: ['*'], overrides: ours, hoist: false, allowBuilds: { 'core-js': false } }
  mkdirSync(destination, { recursive: true })
  writeFileSync(join(destination, 'pnpm-workspace.yaml'), JSON.stringify(settings)) // JSON is YAML
  for (const found of publicPackages()) {
    const project = join(destination, found.folder)
    const named = installedBy(pathToFileURL(join(found.directory, 'README.md')))
    const wanted = named.length === 0 ? [found.manifest.name] : named // the command line’s is run by npx
    const manifest = {
      name: `consumer-of-${found.folder}`,
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(wanted.map((name) => [name, ours[name] ?? versionOf(name, found)])),
      devDependencies: { '@types/node': versionOf('@types/node', found) },
    }
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2))
  }
  const store = (await pnpm(['store', 'path'], workspaceRoot)).trim()
  await pnpm(['install', '--prefer-offline', '--ignore-scripts', '--store-dir', store], destination)
}

/** The version of another's package that the workspace's package itself is tested with. */
function versionOf(name: string, { directory }: WorkspacePackage): string {
  const file = join(directory, 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
