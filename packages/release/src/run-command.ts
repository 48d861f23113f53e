import { execFile } from 'node:child_process'

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command without a terminal and waits for its end, well or not. Where it could not start, the promise rejects.
 *
 * What the workspace's own scripts put into the environment to find packages (NODE_PATH, NODE_OPTIONS) is left out, so
 * that a project outside the workspace finds only what is installed in it.
 *
 * @param variables of the environment, beside or in place of this process's.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const { NODE_PATH: _path, NODE_OPTIONS: _options, ...env } = process.env
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env: { ...env, ...variables }, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    }).stdin?.end()
  })
}
