import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from '../run-command.ts'

/** Installs the newest Node that the npm registry has for this machine into a folder, and gives the program's path. */
export async function newestNode(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const { exitCode, stderr } = await runCommand(
    'npm',
    ['install', '--prefix', folder, ...quiet, `${name}@latest`],
    folder,
  )
  if (exitCode !== 0) throw new Error(`npm install ${name}: exit ${exitCode}\n${stderr}`)
  const bin = join(folder, 'node_modules', name, 'bin')
  return join(
    bin,
    readdirSync(bin).find((file) => /^node(?:\.exe)?$/.test(file))!,
  )
}
