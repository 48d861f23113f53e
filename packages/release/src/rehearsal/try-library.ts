import { readmeExamples } from '@coherent-gradients/testkit'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installedBy } from '../consumers/installed-by.ts'
import { lines } from '../consumers/lines.ts'
import { typeErrors } from '../consumers/type-errors.ts'
import { pnpm } from '../pnpm.ts'
import { runCommand } from '../run-command.ts'
import type { WorkspacePackage } from '../workspace-packages.ts'
import type { Registry } from './registry.ts'

export interface Trial {
  readonly manager: 'npm' | 'pnpm'
  readonly registry: Registry
  /** Programs: each README's examples are run by every one. */
  readonly nodes: readonly string[]
}

/**
 * Does in an empty project what a library's README says: installs by its own `npm install` line, or by `pnpm add` of the same,
 * runs its examples, and compiles them as Node and as a bundler find packages.
 *
 * @returns what was wrong, a line for each thing.
 */
export async function tryLibrary(found: WorkspacePackage, project: string, trial: Trial): Promise<string[]> {
  const readme = pathToFileURL(join(found.directory, 'README.md'))
  mkdirSync(project, { recursive: true })
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  writeFileSync(join(project, '.npmrc'), trial.registry.npmrc)
  const wanted = [...installedBy(readme), '@types/node@22']
  if (trial.manager === 'npm') {
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
    const { exitCode, stderr } = await runCommand('npm', ['install', ...quiet, ...wanted], project)
    if (exitCode !== 0) return [`npm install ${wanted.join(' ')}: exit ${exitCode}\n${stderr}`]
  } else {
    // pnpm waits a day before it takes a new version, unless told.
    const settings = 'minimumReleaseAge: 0\nallowBuilds:\n  core-js: false\n'
    writeFileSync(join(project, 'pnpm-workspace.yaml'), settings)
    try {
      await pnpm(['add', '--prefer-offline', ...wanted], project)
    } catch (error) {
      return [(error as Error).message]
    }
  }
  const wrong: string[] = []
  for (const [index, { code, expectedLines, line }] of readmeExamples(readme).entries()) {
    const file = `example-${index + 1}.ts`
    writeFileSync(join(project, file), `${code}\nexport {}\n`)
    for (const node of trial.nodes) {
      const { exitCode, stdout, stderr } = await runCommand(node, [file], project)
      if (exitCode !== 0 || lines(stdout).join('\n') !== expectedLines.join('\n')) {
        wrong.push(`README line ${line} by ${node}: exit ${exitCode}\n${stdout}\n${stderr}`)
      }
    }
  }
  for (const resolution of ['nodenext', 'bundler'] as const) {
    wrong.push(...(await typeErrors(project, resolution)).map((error) => `${resolution}: ${error}`))
  }
  return wrong
}
