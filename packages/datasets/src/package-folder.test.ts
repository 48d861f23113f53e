import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from './made-up.test-support.ts'
import { packageFolder } from './package-folder.ts'

describe('packageFolder', () => {
  it('finds a package from the first place that sees it', () => {
    const [nowhere, project] = [folderOf({}), folderOf({})]
    const folder = join(project, 'node_modules', 'made-up-data')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "main": "never-run.js" }')
    const origins = [nowhere, project].map((place) => join(place, 'package.json'))
    expect(packageFolder('made-up-data', origins)).toBe(realpathSync(folder))
    expect(packageFolder('made-up-data', origins.slice(0, 1))).toBeUndefined()
  })
})
