import { workspaceRoot } from '../workspace-root.ts'
import { git } from './git.ts'

/** Clones the checkout's last commit into `directory`, on a branch `main`. What is not committed is not in it. */
export async function scratchClone(directory: string): Promise<void> {
  await git(['clone', '--quiet', '--no-hardlinks', workspaceRoot, directory], workspaceRoot)
  await git(['checkout', '--quiet', '-B', 'main'], directory)
}
