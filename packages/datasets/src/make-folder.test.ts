import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from './made-up.test-support.ts'
import { makeFolder } from './make-folder.ts'

describe('makeFolder', () => {
  it('makes what is missing, and leaves what is there, also where others make it at once', async () => {
    const folder = join(folderOf({}), 'a', 'b', 'c')
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'd'))])
    await makeFolder(folder)
    expect(existsSync(join(folder, 'd'))).toBe(true)
  })
  it('comes back with the system’s error where a file is in its place', async () => {
    const file = join(folderOf({ file: Uint8Array.of(1) }), 'file')
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(file, 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
  it('comes back below /proc, which holds no folders of ours', async () => {
    await expect(makeFolder('/proc/nothing/there/at/all')).rejects.toMatchObject({ code: expect.any(String) })
  })
})
