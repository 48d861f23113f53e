import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { git } from '../versions/git.ts'
import { scratchClone } from '../versions/scratch-clone.ts'
import { workspacePackages } from '../workspace-packages.ts'
import { testHashes } from './test-hashes.ts'

const clone = mkdtempSync(join(tmpdir(), 'coherent-gradients-caching-'))
let before: Readonly<Record<string, string>>

beforeAll(async () => {
  await scratchClone(clone)
  before = await testHashes(clone)
})

afterAll(() => rmSync(clone, { recursive: true, force: true }))

/** The packages whose tests turbo would run anew after a change to the file. */
async function runAnewAfterChanging(file: string): Promise<string[]> {
  appendFileSync(join(clone, file), '\n')
  try {
    const after = await testHashes(clone)
    return Object.keys(after).filter((folder) => after[folder] !== before[folder])
  } finally {
    await git(['checkout', '--quiet', '.'], clone)
  }
}

/** A package and everything that depends on it, through whatever field and however far. */
function dependentsOf(folder: string): string[] {
  const packages = workspacePackages(clone)
  const found = new Set([folder])
  for (const name of found) {
    for (const each of packages) {
      const { dependencies, devDependencies, peerDependencies } = each.manifest
      if (Object.hasOwn({ ...dependencies, ...devDependencies, ...peerDependencies }, `@coherent-gradients/${name}`)) {
        found.add(each.folder)
      }
    }
  }
  return [...found]
}

it('runs the tests of all that depend on a changed source', async () => {
  expect(dependentsOf('core')).toEqual(expect.arrayContaining(['coherence', 'training', 'reproduce']))
  const anew = await runAnewAfterChanging('packages/core/src/derive.ts')
  expect(anew.toSorted()).toEqual(dependentsOf('core').toSorted())
})

it('keeps the results of the others', async () => {
  const anew = await runAnewAfterChanging('packages/bound/src/index.ts')
  expect(anew.toSorted()).toEqual(dependentsOf('bound').toSorted())
  expect(anew).not.toContain('core')
})

it.each(['tsconfig.base.json', '.node-version', 'packages/testkit/src/relative-error.ts'])(
  'runs every test after a change to %s',
  async (file) => {
    expect((await runAnewAfterChanging(file)).toSorted()).toEqual(Object.keys(before).toSorted())
  },
)

it('runs the app’s tests after a change to the README that they run', async () => {
  expect(await runAnewAfterChanging('README.md')).toEqual(['reproduce'])
})
