import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { platform } from 'node:process'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../made-up.test-support.ts'
import { readWhole } from './read-whole.ts'
import { attempt } from './refusal.ts'

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7)

async function failureOf(file: string, most = 1e6): Promise<string> {
  const result = await attempt(file, () => readWhole(file, most))()
  return result._tag === 'Left' ? result.left.message : 'nothing'
}

describe('readWhole', () => {
  it('reads a file, an empty one too', async () => {
    const folder = folderOf({ full: bytes, empty: new Uint8Array(0) })
    expect(await readWhole(join(folder, 'full'), 100_000)).toEqual(bytes)
    expect(await readWhole(join(folder, 'empty'), 0)).toEqual(new Uint8Array(0))
  })
  it('refuses what is longer, before it makes room, and what isn’t there or is a folder', async () => {
    const folder = folderOf({ full: bytes })
    expect(await failureOf(join(folder, 'full'), 99_999)).toMatch(/full.*at most 99999 bytes.*100000/)
    expect(await failureOf(join(folder, 'none'))).toMatch(/none/)
    expect(await failureOf(folder)).toMatch(/an ordinary file.*a folder/)
  })
  it.runIf(platform !== 'win32')('refuses a pipe without waiting for a writer', async () => {
    const pipe = join(folderOf({}), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    expect(await failureOf(pipe)).toMatch(/an ordinary file.*another kind/)
  })
})
