import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesUnder } from '../files-under.ts'
import { isTestFile } from '../is-test-file.ts'
import { libraries } from '../libraries.ts'
import { workspacePackages, type Manifest, type WorkspacePackage } from '../workspace-packages.ts'
import { brokenRules } from './broken-rules.ts'
import { browserFiles } from './browser-files.ts'
import { importRules, type ImportRule } from './import-rules.ts'
import { importsOf } from './imports-of.ts'
import { optionalImports } from './optional-imports.ts'
import { packageNameOf } from './package-name-of.ts'

describe('importsOf', () => {
  it.each([
    ["import { a } from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["import 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["import type { A } from 'x'", { specifier: 'x', type: true, dynamic: false }],
    ["import { type A, type B } from 'x'", { specifier: 'x', type: true, dynamic: false }],
    ["import { type A, b } from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["import x, { type A } from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["import * as x from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["export { a } from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["export type { A } from 'x'", { specifier: 'x', type: true, dynamic: false }],
    ["export * from 'x'", { specifier: 'x', type: false, dynamic: false }],
    ["await import('x')", { specifier: 'x', type: false, dynamic: true }],
    ['await import(`x`)', { specifier: 'x', type: false, dynamic: true }],
    ["await import('x' + y)", { specifier: null, type: false, dynamic: true }],
    ["type A = import('x').A", { specifier: 'x', type: true, dynamic: false }],
    ["const x = require('x')", { specifier: 'x', type: false, dynamic: false }],
    ["import x = require('x')", { specifier: 'x', type: false, dynamic: false }],
    ["new Worker(new URL('./x.ts', import.meta.url))", { specifier: './x.ts', type: false, dynamic: true }],
  ])('reads %s', (text, expected) => {
    expect(importsOf('a.ts', `\n${text}\n`)).toEqual([{ ...expected, line: 2 }])
  })

  it('leaves comments, strings and other URLs alone', () => {
    expect(importsOf('a.ts', `// import 'x'\nconst s = "import 'x'"\nnew URL('../x', 'https://example.org')`)).toEqual(
      [],
    )
  })

  it('refuses what it cannot read', () => {
    expect(() => importsOf('a.ts', 'import {')).toThrow(/^a\.ts: /)
  })
})

describe('brokenRules', () => {
  const manifest: Manifest = {
    name: '@coherent-gradients/made-up',
    version: '0.0.0',
    dependencies: { 'fp-ts': '2', '@coherent-gradients/core': '1', '@coherent-gradients/gradients': '1' },
    devDependencies: { vitest: '5', '@coherent-gradients/models': '1' },
    peerDependencies: { '@tensorflow/tfjs-core': '4', '@tensorflow/tfjs-backend-cpu': '4' },
    imports: { '#platform': { node: './src/platform.node.ts', default: './src/platform.browser.ts' } },
  }
  const rule: ImportRule = { values: ['core'], types: ['gradients'] }
  const broken = (text: string, more: Partial<ImportRule> = {}) =>
    brokenRules('src/deep/a.ts', text, manifest, { ...rule, ...more })

  it('lets pass what is allowed', () => {
    const text = `import { either as E } from 'fp-ts'
      import * as tf from '@tensorflow/tfjs-core'
      import { derive } from '@coherent-gradients/core'
      import type { GradientStack } from '@coherent-gradients/gradients'
      import { b } from '../b.ts'`
    expect(broken(text)).toEqual([])
    expect(broken("import { readFile } from 'node:fs/promises'", { node: true })).toEqual([])
    expect(broken("import { threads } from '#platform'")).toEqual([])
    expect(broken("await import('@tensorflow/tfjs-backend-cpu')", { backends: true })).toEqual([])
  })

  it.each([
    ["import 'left-pad'", /'left-pad' is in neither dependencies nor peerDependencies/],
    ["import { it } from 'vitest'", /'vitest' is in neither/],
    ["import { buildModel } from '@coherent-gradients/models'", /'@coherent-gradients\/models' is in neither/],
    ["import { perExampleGradients } from '@coherent-gradients/gradients'", /only types may be imported/],
    ["export * from '@coherent-gradients/gradients'", /only types may be imported/],
    ["import { a } from '@coherent-gradients/made-up'", /is this package: import the file/],
    ["import { left } from 'fp-ts/lib/Either'", /crashes Node's loader/],
    ["import { readFile } from 'node:fs/promises'", /is not there in a browser/],
    ["import { readFile } from 'fs'", /'fs' is 'node:fs'/],
    ["import { threads } from '#threads'", /'#threads' is not in the imports of package.json/],
    ["import '@tensorflow/tfjs-backend-cpu'", /only the engine package opens one/],
    ["await import('@tensorflow/tfjs-backend-cpu')", /only the engine package opens one/],
    ["import { derive } from '../../../core/src/derive.ts'", /leaves the package/],
    ["new Worker(new URL('../../../core/src/x.ts', import.meta.url))", /leaves the package/],
    ['await import(name)', /a computed import/],
  ])('catches %s', (text, message) => {
    expect(broken(`\n${text}`)).toEqual([expect.stringMatching(message)])
    expect(broken(`\n${text}`)[0]).toMatch(/^src\/deep\/a\.ts:2: /)
  })

  it('lets the files that are named for it import what their user names', () => {
    const allowed = { values: [], computed: ['src/deep/a.ts'] }
    expect(broken('await import(name)', allowed)).toEqual([])
    expect(broken('await import(name)', { ...allowed, computed: ['src/b.ts'] })).toHaveLength(1)
  })

  it('catches a backend that the engine imports at once, and a package that no table names', () => {
    expect(broken("import '@tensorflow/tfjs-backend-cpu'", { backends: true })).toEqual([
      expect.stringMatching(/import it with import\(…\)/),
    ])
    expect(broken("import type { Key } from '@coherent-gradients/core'", { values: [] })).toEqual([
      expect.stringMatching(/not among what this package may import/),
    ])
  })
})

describe('browserFiles', () => {
  const engine = workspacePackages().find(({ folder }) => folder === 'engine')!

  it('takes the platform of a browser, and leaves out what is for Node', () => {
    const files = browserFiles(engine, ['./install'])
    expect(files).toContain('src/platform.browser.ts')
    expect(files).toContain('src/engines/webgpu.ts')
    expect(files).not.toContain('src/platform.node.ts')
    expect(files).not.toContain('src/install/index.ts')
    expect(browserFiles(engine)).toContain('src/install/index.ts')
  })
})

describe.each(workspacePackages().map((each) => [each.folder, each] as const))('%s', (folder, found) => {
  it('imports only what it may', () => {
    const rule = importRules[folder]
    expect(rule, `import-rules.ts has no rule for ${folder}`).toBeDefined()
    const inBrowser = browserFiles(found, Array.isArray(rule!.node) ? rule!.node : [])
    const broken = sourcesOf(found).flatMap(({ path, text }) =>
      brokenRules(path, text, testOnly(found.manifest), {
        ...rule!,
        node: rule!.node === true || !inBrowser.has(path),
      }),
    )
    expect(broken).toEqual([])
  })
})

describe.each(libraries().map((each) => [each.folder, each] as const))('%s', (_, found) => {
  it('depends on nothing that it does not import', () => {
    const imported = sourcesOf(found).flatMap(({ path, text }) =>
      importsOf(path, text).map(({ specifier }) => (specifier === null ? '' : packageNameOf(specifier))),
    )
    const dependencies = Object.keys(found.manifest.dependencies ?? {})
    expect(dependencies.filter((name) => !imported.includes(name))).toEqual([])
  })

  it('loads without its optional peers', () => {
    expect(optionalImports(found)).toEqual([])
  })
})

/** A package's sources, those that serve tests apart, with their paths in the package. */
function sourcesOf({ directory }: WorkspacePackage): { path: string; text: string }[] {
  return filesUnder(join(directory, 'src'))
    .filter((path) => path.endsWith('.ts') && !isTestFile(path))
    .map((path) => ({ path: `src/${path}`, text: readFileSync(join(directory, 'src', path), 'utf8') }))
}

/** For the packages that exist for tests alone, devDependencies are what they run on. */
function testOnly(manifest: Manifest): Manifest {
  const names = ['testkit', 'release', 'browser-test'].map((folder) => `@coherent-gradients/${folder}`)
  if (!names.includes(manifest.name)) return manifest
  return { ...manifest, dependencies: { ...manifest.dependencies, ...manifest.devDependencies } }
}
