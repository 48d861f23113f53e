import { runCommand } from '../run-command.ts'

/**
 * Runs git and gives what it printed.
 *
 * @throws Error with git's own words, when it fails.
 */
export async function git(args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand('git', args, cwd)
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} in ${cwd}: exit ${exitCode}\n${stderr}`)
  return stdout
}
