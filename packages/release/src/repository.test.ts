import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesUnder } from './files-under.ts'
import { publicPackages } from './public-packages.ts'
import { git } from './versions/git.ts'
import { workspacePackages } from './workspace-packages.ts'
import { workspaceRoot } from './workspace-root.ts'

it('tracks no file over 1 MB', async () => {
  const files = (await git(['ls-files', '-z'], workspaceRoot)).split('\0').filter((file) => file !== '')
  const sizes = files.map(
    (file) => [file, statSync(join(workspaceRoot, file), { throwIfNoEntry: false })?.size ?? 0] as const,
  )
  expect(sizes.filter(([, size]) => size > 2 ** 20)).toEqual([])
})

describe.each(workspacePackages().map((each) => [each.folder, each] as const))(
  '%s',
  (folder, { directory, manifest }) => {
    it('is named after its folder, has tests, and its tests and types are run', () => {
      expect(manifest.name).toBe(`@coherent-gradients/${folder}`)
      expect(filesUnder(join(directory, 'src')).some((file) => file.endsWith('.test.ts'))).toBe(true)
      expect(manifest.scripts).toMatchObject({ test: 'vitest run', types: 'tsc -p tsconfig.json' })
    })

    it('has the tag that turbo.json holds it to', () => {
      const { tags } = JSON.parse(readFileSync(join(directory, 'turbo.json'), 'utf8')) as { tags: string[] }
      const { boundaries } = JSON.parse(readFileSync(join(workspaceRoot, 'turbo.json'), 'utf8')) as {
        boundaries: { tags: Record<string, unknown> }
      }
      expect(tags).toEqual([folder === 'reproduce' ? 'app' : folder])
      expect(boundaries.tags).toHaveProperty(tags[0]!)
    })
  },
)

describe.each(publicPackages().map((each) => [each.folder, each] as const))('%s', (folder, { directory, manifest }) => {
  it('has what a published package needs', () => {
    expect(existsSync(join(directory, 'README.md'))).toBe(true)
    expect(readFileSync(join(directory, 'LICENSE'), 'utf8')).toBe(readFileSync(join(workspaceRoot, 'LICENSE'), 'utf8'))
    expect(manifest).toMatchObject({
      sideEffects: false,
      publishConfig: { access: 'public' },
      engines: { node: manifest.exports === undefined ? '>=22.18' : '>=20' },
    })
    expect(manifest.description).toMatch(/\.$/)
    expect(manifest.scripts).toMatchObject({ build: 'tsc -p tsconfig.build.json' })
  })

  it('publishes the entries that the workspace uses', () => {
    const published = Object.fromEntries(
      Object.entries(manifest.exports ?? {}).map(([entry, source]) => {
        const built = source.replace(/^\.\/src\/(.+)\.ts$/, './dist/$1')
        return [entry, { types: `${built}.d.ts`, default: `${built}.js` }]
      }),
    )
    expect(manifest.publishConfig!.exports ?? {}).toEqual(published)
  })

  it('publishes its own imports, for Node and for browsers', () => {
    const built = Object.entries(manifest.imports ?? {}).map(([name, { node, default: browser }]) => {
      const [first, second] = [node!, browser!].map((path) => path.replace(/^\.\/src\/(.+)\.ts$/, './dist/$1.js'))
      return [name, { node: first, default: second }]
    })
    expect(manifest.publishConfig!.imports ?? {}).toEqual(Object.fromEntries(built))
  })

  it('has no script that an install would run on others’ machines', () => {
    const scripts = Object.keys(manifest.scripts!)
    expect(scripts.filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([])
  })

  it('says in a changeset or a changelog what is new', () => {
    const changesets = readdirSync(join(workspaceRoot, '.changeset')).filter((file) => file.endsWith('.md'))
    const pending = changesets.some((file) =>
      readFileSync(join(workspaceRoot, '.changeset', file), 'utf8').includes(`'@coherent-gradients/${folder}': `),
    )
    expect(pending || existsSync(join(directory, 'CHANGELOG.md'))).toBe(true)
  })
})
