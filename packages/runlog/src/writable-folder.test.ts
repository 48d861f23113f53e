import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { platform } from 'node:process'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { left, right } from './testing/right.ts'
import { writableFolder } from './writable-folder.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

describe('writableFolder', () => {
  it('makes the folder and those above it, leaves nothing in it, and takes it as it is the next time', async () => {
    const folder = join(temporaryFolder(), 'a/b/c/')
    for (let time = 0; time < 2; time++) await right(writableFolder(folder))
    expect(readdirSync(folder)).toEqual([])
    symlinkSync(folder.slice(0, -1), `${folder.slice(0, -1)}-link`)
    await right(writableFolder(`${folder.slice(0, -1)}-link`))
  })

  it('is made once by many at once', async () => {
    const folder = join(temporaryFolder(), 'a/b/c/d')
    await Promise.all(Array.from({ length: 8 }, () => right(writableFolder(folder))))
    expect(readdirSync(folder)).toEqual([])
  })

  it('fails in one line where a file has its name, or that of a folder above', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'below'), join(file, 'far/below')]) {
      expect(await left(writableFolder(folder))).toMatchObject({
        _tag: 'WriteFailed',
        file: folder,
        message: expect.stringMatching(/: cannot be written: E[^\n]+; check the folder's permissions/),
      })
    }
  })

  it('comes back from /proc, where nothing can be made', async () => {
    for (const folder of platform === 'linux' ? ['/proc/nobody-made-this', '/proc/nobody-made-this/a/b'] : []) {
      expect(await left(writableFolder(folder))).toMatchObject({ message: expect.stringContaining('ENOENT') })
      expect(await left(writeFileAtomically(join(folder, 'file'), ''))).toMatchObject({ _tag: 'WriteFailed' })
    }
  })
})
