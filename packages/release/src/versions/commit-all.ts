import { git } from './git.ts'

/** Commits everything in a scratch clone, whoever runs the tests and however their git is set up. */
export async function commitAll(clone: string, message: string): Promise<void> {
  const settings = ['user.name=scratch', 'user.email=scratch@localhost', 'commit.gpgsign=false', 'core.hooksPath=none']
  await git(['add', '--all'], clone)
  await git([...settings.flatMap((each) => ['-c', each]), 'commit', '--quiet', '-m', message], clone)
}
