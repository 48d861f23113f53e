import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pnpm } from '../pnpm.ts'
import { runCommand } from '../run-command.ts'
import { changedVersions, type ChangedVersions } from '../versions/changed-versions.ts'
import { commitAll } from '../versions/commit-all.ts'
import { scratchClone } from '../versions/scratch-clone.ts'
import type { Registry } from './registry.ts'

/**
 * Does in a clone of the last commit, laid into `clone`, what a release does: installs, `changeset version`, and `changeset
 * publish`, which compiles and packs each package; all to `registry`.
 */
export async function publish(clone: string, registry: Registry): Promise<ChangedVersions> {
  await scratchClone(clone)
  await pnpm(['install', '--frozen-lockfile', '--prefer-offline'], clone)
  const versions = await changedVersions(clone)
  await commitAll(clone, 'Release')
  writeFileSync(join(clone, '.npmrc'), registry.npmrc)
  const changeset = join(dirname(createRequire(import.meta.url).resolve('@changesets/cli/package.json')), 'bin.js')
  const { exitCode, stdout, stderr } = await runCommand(
    process.execPath,
    [changeset, 'publish', '--no-git-tag'],
    clone,
    { npm_config_registry: registry.url },
  )
  if (exitCode !== 0) throw new Error(`changeset publish: exit ${exitCode}\n${stdout}\n${stderr}`)
  return versions
}
