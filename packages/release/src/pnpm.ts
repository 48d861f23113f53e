import { basename } from 'node:path'
import { runCommand } from './run-command.ts'

/**
 * Runs the pnpm that runs this script, or the one that the README's commands bring, and gives what it printed.
 *
 * @throws Error with everything that it printed, when it fails.
 */
export async function pnpm(args: readonly string[], cwd: string): Promise<string> {
  const [file, ...first] = command()
  const { exitCode, stdout, stderr } = await runCommand(file!, [...first, ...args], cwd)
  if (exitCode !== 0) throw new Error(`pnpm ${args.join(' ')} in ${cwd}: exit ${exitCode}\n${stdout}\n${stderr}`)
  return stdout
}

function command(): readonly string[] {
  const running = process.env['npm_execpath']
  if (running === undefined || !basename(running).startsWith('pnpm')) return ['npx', '-y', 'pnpm@12']
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running]
}
