import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platform } from 'node:process'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'make-folder-'))
})
afterEach(() => rmSync(scratch, { recursive: true }))

it('makes a folder and those above it, also when it is asked to several times at once', async () => {
  const folder = join(scratch, 'a', 'b', 'c')
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(`${folder}/`)])
  await makeFolder(folder)
  expect(statSync(folder).isDirectory()).toBe(true)
})

it('throws the system’s error where a file is in the way', async () => {
  writeFileSync(join(scratch, 'file'), '')
  await expect(makeFolder(join(scratch, 'file'))).rejects.toThrow(/^EEXIST/)
  await expect(makeFolder(join(scratch, 'file', 'a', 'b'))).rejects.toThrow(/^(ENOTDIR|EEXIST)/)
})

it.each(platform === 'linux' ? ['/proc/nobody-made-this', '/proc/nobody-made-this/a'] : [])(
  'comes back from %s, which can’t be made',
  async (folder) => {
    await expect(makeFolder(folder)).rejects.toThrow(/^ENOENT/)
  },
)
