import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runCommand } from '../run-command.ts'
import { workspacePackages } from '../workspace-packages.ts'

/** The versions before and after, of the packages whose version changed, by folder. */
export type ChangedVersions = Readonly<Record<string, readonly [before: string, after: string]>>

/**
 * Runs `changeset version` in a clone and says which versions it changed.
 *
 * @throws Error with what it printed, when it fails.
 */
export async function changedVersions(clone: string): Promise<ChangedVersions> {
  const before = versions(clone)
  const changeset = join(dirname(createRequire(import.meta.url).resolve('@changesets/cli/package.json')), 'bin.js')
  const { exitCode, stdout, stderr } = await runCommand(process.execPath, [changeset, 'version'], clone)
  if (exitCode !== 0) throw new Error(`changeset version: exit ${exitCode}\n${stdout}\n${stderr}`)
  const after = versions(clone)
  return Object.fromEntries(
    Object.keys(before)
      .filter((folder) => before[folder] !== after[folder])
      .map((folder) => [folder, [before[folder]!, after[folder]!]]),
  )
}

function versions(root: string): Record<string, string> {
  return Object.fromEntries(workspacePackages(root).map(({ folder, manifest }) => [folder, manifest.version]))
}
