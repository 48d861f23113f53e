import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { workspacePackages } from '../workspace-packages.ts'
import { changedVersions, type ChangedVersions } from './changed-versions.ts'
import { commitAll } from './commit-all.ts'
import { git } from './git.ts'
import { scratchClone } from './scratch-clone.ts'

const scope = '@coherent-gradients/'
const clone = mkdtempSync(join(tmpdir(), 'coherent-gradients-versions-'))
let pending: readonly { file: string; folders: readonly string[]; summary: string }[]
let first: ChangedVersions

beforeAll(async () => {
  await scratchClone(clone)
  pending = readdirSync(join(clone, '.changeset'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => {
      const [, matter, summary] = /^---\n(.*?)\n---\n(.*)$/s.exec(
        readFileSync(join(clone, '.changeset', file), 'utf8'),
      )!
      const folders = [...matter!.matchAll(/^["']@coherent-gradients\/(.+)["']: (?:patch|minor|major)$/gm)]
      return { file, folders: folders.map((match) => match[1]!), summary: summary!.trim() }
    })
  first = await changedVersions(clone)
  await commitAll(clone, 'Release')
})

afterAll(() => rmSync(clone, { recursive: true, force: true }))

it('releases what has a changeset, and what depends on it', () => {
  const named = pending.flatMap(({ folders }) => folders)
  expect(Object.keys(first)).toEqual(expect.arrayContaining(named))
  const others = Object.keys(first).filter((folder) => !named.includes(folder))
  const released = new Set(Object.keys(first).map((folder) => scope + folder))
  for (const folder of others) {
    const { manifest } = workspacePackages(clone).find((each) => each.folder === folder)!
    expect(Object.keys(manifest.dependencies ?? {}).some((name) => released.has(name))).toBe(true)
  }
})

it('writes each changeset into the changelogs of its packages, and uses it up', () => {
  for (const { file, folders, summary } of pending) {
    expect(existsSync(join(clone, '.changeset', file))).toBe(false)
    for (const folder of folders) {
      expect(readFileSync(join(directoryOf(folder), 'CHANGELOG.md'), 'utf8')).toContain(summary)
    }
  }
})

it('leaves private packages at their version and without a changelog', () => {
  for (const { folder, directory, manifest } of workspacePackages(clone)) {
    if (manifest.private !== true) continue
    expect(first).not.toHaveProperty(folder)
    expect(existsSync(join(directory, 'CHANGELOG.md'))).toBe(false)
  }
})

it('moves one package for a fix', async () => {
  const changed = await withChangeset('core', 'patch')
  expect(Object.keys(changed)).toEqual(['core'])
  const [before, after] = changed['core']!
  expect(after).toBe(before.replace(/\d+$/, (patch) => String(Number(patch) + 1)))
})

it('moves the packages whose range a break leaves, and no others', async () => {
  const dependents = workspacePackages(clone)
    .filter(({ manifest }) => manifest.private !== true && manifest.dependencies?.[`${scope}core`] !== undefined)
    .map(({ folder }) => folder)
  expect(dependents).toContain('datasets')
  expect(Object.keys(await withChangeset('core', 'major')).toSorted()).toEqual(['core', ...dependents].toSorted())
})

function directoryOf(folder: string): string {
  return workspacePackages(clone).find((each) => each.folder === folder)!.directory
}

/** What a single new changeset would change; the clone is as before afterwards. */
async function withChangeset(folder: string, bump: 'patch' | 'major'): Promise<ChangedVersions> {
  writeFileSync(join(clone, '.changeset', 'made-up.md'), `---\n'${scope}${folder}': ${bump}\n---\n\nMade up.\n`)
  try {
    return await changedVersions(clone)
  } finally {
    await git(['checkout', '--quiet', '.'], clone)
    await git(['clean', '--quiet', '--force', '-d'], clone)
  }
}
