import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runCommand } from '../run-command.ts'
import { workspaceRoot } from '../workspace-root.ts'

/**
 * What turbo knows each package's tests by, by the package's folder, in a clone of the workspace. While the hash stays the
 * same, turbo replays the last result.
 */
export async function testHashes(clone: string): Promise<Readonly<Record<string, string>>> {
  const turbo = join(
    dirname(createRequire(join(workspaceRoot, 'package.json')).resolve('turbo/package.json')),
    'bin',
    'turbo',
  )
  const args = [turbo, 'run', 'test', '--dry=json', '--skip-infer']
  const { exitCode, stdout, stderr } = await runCommand(process.execPath, args, clone)
  if (exitCode !== 0) throw new Error(`turbo ${args.join(' ')}: exit ${exitCode}\n${stdout}\n${stderr}`)
  const { tasks } = JSON.parse(stdout) as { tasks: { task: string; package: string; hash: string }[] }
  return Object.fromEntries(
    tasks.filter(({ task }) => task === 'test').map((test) => [test.package.replace(/^.*\//, ''), test.hash]),
  )
}
