import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reproduce } from './testing/reproduce.test-support.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'reproduce-running-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

describe('run --dry-run', () => {
  it('lists every run with its id and state and reckons the rest from trials, and writes nothing', async () => {
    const runs = join(scratch, 'dry')
    const { code, out, err } = await reproduce('run', 'fig-1', '--scale', 'smoke', '--dry-run', '--runs', runs)
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toMatch(/^real +1 +[0-9a-f]{12} +missing +240 +\d+:\d\d$/m)
    expect(out).toMatch(/2 of 2 runs to make, about \d+:\d\d with --jobs \d+; \d+:\d\d of work/)
    expect(existsSync(runs)).toBe(false)
  })
})

describe('run <id>', () => {
  it('makes that run alone, and the next time finds it done', async () => {
    const runs = join(scratch, 'alone')
    const plan = await reproduce('run', 'example-4', '--scale', 'smoke', '--dry-run', '--runs', runs)
    const id = /\b[0-9a-f]{12}\b/.exec(plan.out)![0]
    const first = await reproduce('run', id, '--runs', runs)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(await readdir(join(runs, 'example-4', id))).toContain('DONE')
    expect(await readdir(join(runs, 'example-4', id))).not.toContain('lock')
    expect((await reproduce('run', id, '--runs', runs)).out).toMatch(/: done\n$/)
    expect((await reproduce('status', '--runs', runs)).out).toMatch(/example-4 smoke.* done/)
  })

  it('says where ids come from when no plan has it', async () => {
    const { code, err } = await reproduce('run', '0123456789ab', '--runs', join(scratch, 'none'))
    expect(err).toMatch(/^error: no plan has a run 0123456789ab: .*--dry-run/)
    expect(code).toBe(2)
  })
})

it('refuses names beside --all', async () => {
  const { code, err } = await reproduce('run', 'fig-1', '--all')
  expect(err).toContain('--all goes without names')
  expect(code).toBe(2)
})
