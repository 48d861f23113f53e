import { readmeExamples } from '@coherent-gradients/testkit'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { importsOf } from '../boundaries/imports-of.ts'
import { packageNameOf } from '../boundaries/package-name-of.ts'
import { libraries } from '../libraries.ts'
import { runCommand } from '../run-command.ts'
import type { Manifest } from '../workspace-packages.ts'
import { installedBy } from './installed-by.ts'
import { lines } from './lines.ts'
import { typeErrors } from './type-errors.ts'

const consumers = inject('consumers')

describe.each(libraries().map((each) => [each.folder, each] as const))('%s', (folder, found) => {
  const readme = pathToFileURL(join(found.directory, 'README.md'))
  const project = join(consumers, folder)
  const examples = readmeExamples(readme)
  const file = (index: number) => `example-${index + 1}.ts`

  beforeAll(() => {
    for (const [index, { code }] of examples.entries())
      writeFileSync(join(project, file(index)), `${code}\nexport {}\n`)
  })

  it('tells to install what its example imports and their required peers, itself first', () => {
    const imported = examples.flatMap(({ code }) =>
      importsOf('example.ts', code).flatMap(({ specifier }) =>
        specifier?.startsWith('node:') ? [] : [packageNameOf(specifier!)],
      ),
    )
    const named = new Set([found.manifest.name, ...imported])
    const peers = [...named].flatMap((name) => requiredPeers(join(project, 'node_modules', name, 'package.json')))
    const installed = installedBy(readme)
    expect(installed[0]).toBe(found.manifest.name)
    expect(installed.toSorted()).toEqual([...new Set([...named, ...peers])].toSorted())
  })

  it('was installed from its tarball', () => {
    const installed = join(project, 'node_modules', found.manifest.name)
    expect(existsSync(join(installed, 'dist', 'index.js'))).toBe(true)
    expect(existsSync(join(installed, 'src'))).toBe(false)
  })

  it.each(examples.map((example, index) => [example.line, example, index] as const))(
    'runs its example in plain Node and prints what it says (README line %i)',
    async (_, { expectedLines }, index) => {
      const args = ['--disable-warning=ExperimentalWarning', file(index)]
      const { stdout, stderr, exitCode } = await runCommand(process.execPath, args, project)
      expect({ lines: lines(stdout), exitCode }, stderr).toEqual({ lines: expectedLines, exitCode: 0 })
    },
  )

  it('compiles its example strictly against the published types', async () => {
    expect(await typeErrors(project, 'nodenext')).toEqual([])
  })
})

it('finds in a project only what the project names', async () => {
  const bound = join(consumers, 'bound')
  const load = (name: string) =>
    runCommand(process.execPath, ['--input-type=module', '-e', `await import('${name}')`], bound)
  expect((await load('@coherent-gradients/bound')).exitCode).toBe(0)
  expect((await load('@coherent-gradients/core')).stderr).toMatch(/ERR_MODULE_NOT_FOUND/)
})

describe('reproduce', () => {
  const project = join(consumers, 'reproduce')
  const bin = join(project, 'node_modules', '@coherent-gradients', 'reproduce', 'bin', 'reproduce.js')
  const reproduce = (...args: string[]) => runCommand(process.execPath, [bin, ...args], project)

  it('says what it can do, from its tarball', async () => {
    const { stdout, exitCode } = await reproduce('--help')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('measure')
  })

  it('runs an experiment in a worker thread, and names commands that work outside of a checkout', async () => {
    const { stdout, stderr, exitCode } = await reproduce('run', 'example-4')
    expect(exitCode, stderr).toBe(0)
    expect(stdout + stderr).not.toContain('pnpm')
    expect(existsSync(join(project, 'runs', 'example-4'))).toBe(true)
  })
})

function requiredPeers(manifestFile: string): string[] {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
  return Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true)
}
