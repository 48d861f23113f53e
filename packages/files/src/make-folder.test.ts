import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from 'node:process'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

it('makes a folder and those above it, also where others make them at once', async () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c')
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(`${folder}/`), makeFolder(join(folder, 'd'))])
  await makeFolder(folder)
  expect(statSync(join(folder, 'd')).isDirectory()).toBe(true)
})

it('throws the system’s error where a file is in the way', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(makeFolder(file)).rejects.toThrow(/^EEXIST/)
  await expect(makeFolder(join(file, 'a', 'b'))).rejects.toThrow(/^(ENOTDIR|EEXIST)/)
})

it.each(platform === 'linux' ? ['/proc/nobody-made-this', '/proc/nobody-made-this/a/b'] : [])(
  'comes back from %s, which can’t be made',
  async (folder) => {
    await expect(makeFolder(folder)).rejects.toThrow(/^ENOENT/)
  },
)
