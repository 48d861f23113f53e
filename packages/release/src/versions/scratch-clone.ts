import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace-root.ts'
import { commitAll } from './commit-all.ts'
import { git } from './git.ts'

/**
 * Clones the files of the checkout's last commit into `directory`, as the first commit of a branch `main`. What is not
 * committed is not in it.
 *
 * The history stays behind, so that it does not matter whether the checkout has all of it: in a shallow clone, changesets
 * asks for more without end.
 */
export async function scratchClone(directory: string): Promise<void> {
  await git(['clone', '--quiet', '--no-hardlinks', workspaceRoot, directory], workspaceRoot)
  await git(['checkout', '--quiet', '--orphan', 'scratch'], directory)
  await commitAll(directory, 'Begin')
  await git(['branch', '--quiet', '--force', '--move', 'main'], directory)
  await git(['remote', 'remove', 'origin'], directory)
  rmSync(join(directory, '.git', 'shallow'), { force: true })
}
