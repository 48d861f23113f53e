import { either as E } from 'fp-ts'
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { beforeEach, expect, it } from 'vitest'
import { withLock } from './with-lock.ts'

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})

const act = (): Promise<E.Either<never, string>> => Promise.resolve(E.right('done'))

it('holds the lock while it acts, and lets go also when that fails', async () => {
  const held = await withLock(folder, async () => E.right(existsSync(join(folder, 'install.lock'))))
  expect(held).toEqual(E.right(true))
  await expect(withLock(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(join(folder, 'install.lock'))).toBe(false)
})

it('leaves a living process alone, and takes over from a dead one', async () => {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  const ended = new Promise((resolve) => other.on('exit', resolve))
  writeFileSync(join(folder, 'install.lock'), String(other.pid))
  expect(await withLock(folder, act)).toMatchObject({ left: { _tag: 'InstallRunning', pid: other.pid } })
  other.kill()
  await ended
  expect(await withLock(folder, act)).toEqual(E.right('done'))
})
