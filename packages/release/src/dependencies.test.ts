import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspacePackages, type Manifest } from './workspace-packages.ts'
import { workspaceRoot } from './workspace-root.ts'

const page = readFileSync(join(workspaceRoot, 'docs', 'dependencies.md'), 'utf8')
/** The page's rows: a package, its reason, licence and state. */
const rows = [...page.matchAll(/^\| `([^`]+)` \|(.+)\|$/gm)].map(([, name, rest]) => ({
  name: name!,
  cells: rest!.split('|').map((cell) => cell.trim()),
}))
const root = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as Manifest
const packages = [{ directory: workspaceRoot, manifest: root }, ...workspacePackages()]

function dependenciesOf(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies }).filter(
    (name) => !name.startsWith('@coherent-gradients/'),
  )
}

const asked = [...new Set(packages.flatMap(({ manifest }) => dependenciesOf(manifest)))].toSorted()

it('gives every dependency of the workspace a line, once, and no other', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(asked)
})

it('says of each what it is for, its licence and its state', () => {
  expect(rows.filter(({ cells }) => cells.length !== 3 || cells.includes(''))).toEqual([])
})

it.each(rows.map((row) => [row.name, row] as const))(
  'names the licence of %s as it names it itself',
  (name, { cells }) => {
    const { directory } = packages.find(({ manifest }) => dependenciesOf(manifest).includes(name))!
    let found: string
    try {
      const file = join(directory, 'node_modules', name, 'package.json')
      found = (JSON.parse(readFileSync(file, 'utf8')) as { license: string }).license
    } catch {
      return // for another system: not installed on this one
    }
    for (const licence of found.split(' AND ')) expect(cells[1]).toContain(licence)
  },
)

it('has in the catalog what is asked for, and nothing else', () => {
  const [, catalog] = readFileSync(join(workspaceRoot, 'pnpm-workspace.yaml'), 'utf8').split('\ncatalog:\n')
  const names = [...catalog!.matchAll(/^ {2}'?([^':\s]+)'?: /gm)].map(([, name]) => name!)
  expect(names.toSorted()).toEqual(asked.filter((name) => !name.startsWith('node-linux-')))
})
