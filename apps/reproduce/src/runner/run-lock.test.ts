import { either as E } from 'fp-ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunFiles } from './run-files.ts'
import { isBeingMade, takeRunLock, type RunLock } from './run-lock.ts'

let scratch: string
let files: RunFiles
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'run-lock-'))
  const directory = join(scratch, 'run')
  files = { id: 'made-up', directory, lock: join(directory, 'lock') } as RunFiles
})
afterEach(() => rm(scratch, { recursive: true }))

async function taken(): Promise<RunLock> {
  const lock = await takeRunLock(files)
  if (E.isLeft(lock)) throw new Error(lock.left.message)
  return lock.right
}

/** A module that takes the lock, says so, and keeps it. */
function program(say: string): string {
  return `
    import { parentPort } from 'node:worker_threads'
    import { takeRunLock } from ${JSON.stringify(new URL('run-lock.ts', import.meta.url).href)}
    const lock = await takeRunLock(${JSON.stringify(files)})
    ${say}
    setInterval(() => lock, 1000)`
}

/** A process of its own that has the lock. */
async function holder(): Promise<ChildProcess> {
  const words = [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program('console.log(lock._tag)'),
  ]
  const child = spawn(process.execPath, words)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(said.toString()).toBe('Right\n')
  return child
}

describe('a run’s lock', () => {
  it('is had by one at a time, of the same process too', async () => {
    expect(isBeingMade(files)).toBe(false)
    const first = await taken()
    expect(isBeingMade(files)).toBe(true)
    expect(await takeRunLock(files)).toMatchObject({ left: { _tag: 'RunElsewhere' } })
    await first.release(false)
    expect(isBeingMade(files)).toBe(false)
    await (await taken()).release(false)
  })

  it('comes free when a process that has it is killed', async () => {
    const child = await holder()
    expect(isBeingMade(files)).toBe(true)
    expect(await takeRunLock(files)).toMatchObject({ left: { _tag: 'RunElsewhere' } })
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isBeingMade(files)).toBe(false)
    await (await taken()).release(false)
  }, 30_000)

  it('comes free when a thread that has it is ended', async () => {
    const thread = new Worker(program('parentPort.postMessage(lock._tag)'), {
      eval: true,
      execArgv: ['--disable-warning=ExperimentalWarning', '--input-type=module'],
    })
    expect(await once(thread, 'message')).toEqual(['Right'])
    expect(isBeingMade(files)).toBe(true)
    await thread.terminate()
    expect(isBeingMade(files)).toBe(false)
  }, 30_000)

  it('leaves no file where it is given up for good', async () => {
    await (await taken()).release(true)
    expect(await readdir(files.directory)).toEqual([])
  })

  it('says in one line that a folder can’t be written', async () => {
    const lock = await takeRunLock({ ...files, directory: '/dev/null/run', lock: '/dev/null/run/lock' })
    expect(lock).toMatchObject({ left: { message: expect.stringContaining('/dev/null/run') } })
    expect(existsSync('/dev/null/run')).toBe(false)
  })
})
