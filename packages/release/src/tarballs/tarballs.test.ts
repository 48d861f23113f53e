import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'
import { filesUnder } from '../files-under.ts'
import { isTestFile } from '../is-test-file.ts'
import { libraries } from '../libraries.ts'
import { publicPackages } from '../public-packages.ts'
import type { Manifest } from '../workspace-packages.ts'
import { workspaceRoot } from '../workspace-root.ts'

const tarballs = inject('tarballs')

describe.each(publicPackages().map((each) => [each.folder, each] as const))('%s', (_, { directory, manifest }) => {
  const bytes = new Uint8Array(readFileSync(tarballs[manifest.name]!))
  const packed = createPackageFromTarballData(bytes)
  const root = `/node_modules/${manifest.name}/`
  const files = packed.listFiles().map((path) => path.slice(root.length))
  const isLibrary = manifest.exports !== undefined
  const read = (path: string) => packed.readFile(root + path)

  it('has a licence, a README and what its sources compile to, and nothing else', () => {
    const compiled = filesUnder(join(directory, 'src'))
      .filter((path) => path.endsWith('.ts') && !isTestFile(path))
      .flatMap((path) => (isLibrary ? ['js', 'd.ts'] : ['js']).map((ending) => `dist/${path.slice(0, -3)}.${ending}`))
    const bin = isLibrary ? [] : filesUnder(join(directory, 'bin')).map((path) => `bin/${path}`)
    expect(files.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json', ...bin, ...compiled].toSorted())
  })

  it('carries the licence of the project', () => {
    expect(read('LICENSE')).toBe(readFileSync(join(workspaceRoot, 'LICENSE'), 'utf8'))
    expect(manifest.license).toBe('Apache-2.0')
  })

  it('speaks of no workspace and of no machine', () => {
    const { dependencies, peerDependencies, ...rest } = JSON.parse(read('package.json')) as Manifest
    expect(Object.values({ ...dependencies, ...peerDependencies }).join(' ')).not.toMatch(
      /workspace:|catalog:|file:|link:/,
    )
    expect(JSON.stringify(rest.exports ?? {})).not.toMatch(/src\//)
    for (const path of files) {
      const text = read(path)
      expect(text.includes(workspaceRoot), `${path} names ${workspaceRoot}`).toBe(false)
      expect(/sourceMappingURL/.test(text), `${path} points to a source map that is not there`).toBe(false)
    }
  })

  it('is clean under publint', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })
})

describe.each(libraries().map((each) => [each.folder, each] as const))('%s', (_, { manifest }) => {
  it('has types that resolve wherever ES modules do', async () => {
    const result = await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(tarballs[manifest.name]!))),
    )
    if (result.types === false) throw new Error(`${manifest.name}: no types found`)
    // Old resolution without `exports`, and `require`, are not offered: the packages are ES modules.
    const esmOnly = result.problems.filter(
      (problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    )
    expect(esmOnly).toEqual([])
    expect(Object.keys(result.entrypoints)).toEqual(Object.keys(manifest.exports!))
  })
})

it('is no larger and no smaller than the page on publishing says, within a third', () => {
  const page = readFileSync(join(workspaceRoot, 'docs', 'publishing.md'), 'utf8')
  const stated = Object.fromEntries(
    [...page.matchAll(/^\| `([^`]+)` \| (\d+) \|/gm)].map(([, name, kB]) => [name, Number(kB)]),
  )
  const sizes = publicPackages().map(
    ({ folder, manifest }) => [folder, statSync(tarballs[manifest.name]!).size / 1000] as const,
  )
  expect(Object.keys(stated).toSorted()).toEqual(sizes.map(([folder]) => folder).toSorted())
  expect(sizes.filter(([folder, kB]) => Math.abs(kB / stated[folder]! - 1) > 1 / 3)).toEqual([])
})
