import { makeFolder } from '@coherent-gradients/files'
import { either as E } from 'fp-ts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstallFailure } from './install-failure.ts'
import type { InstallProgress } from './install-progress.ts'
import { lastLine } from './last-line.ts'
import { runProcess } from './run-process.ts'

/**
 * Lets npm install the package into a folder, install script included. The script fetches libtensorflow and a prebuilt
 * binding from Google's storage; where there is no such binding it builds one.
 *
 * @returns the binding's path within the folder.
 */
export async function installFromUpstream(
  name: string,
  version: string,
  folder: string,
  tell: (progress: InstallProgress) => void,
): Promise<E.Either<InstallFailure, string>> {
  tell({ step: 'install', what: `${name} ${version}` })
  await makeFolder(folder)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }))
  const finished = await runProcess(
    'npm',
    ['install', '--ignore-scripts=false', '--foreground-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cwd: folder },
  )
  if (finished === null) {
    const message = 'there is no npm here: it comes with Node from nodejs.org'
    return E.left({ _tag: 'ToolMissing', message, tool: 'npm' })
  }
  const { output } = finished
  if (finished.code === 0) return E.right(join('node_modules', name, 'lib', 'napi-v8', 'tfjs_binding.node'))
  const log = join(folder, 'install.log')
  await writeFile(log, output)
  const message = `${name}'s own install script failed (${lastLine(output)}): see ${log}, or install from the wheel`
  return E.left({ _tag: 'StepFailed', message, step: 'install', output })
}
