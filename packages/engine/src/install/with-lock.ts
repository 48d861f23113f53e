import { either as E } from 'fp-ts'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InstallFailure } from './install-failure.ts'

/** Runs `act` while no other process does so in the same folder. The lock of a process that died is taken over. */
export async function withLock<T>(
  folder: string,
  act: () => Promise<E.Either<InstallFailure, T>>,
): Promise<E.Either<InstallFailure, T>> {
  const lock = join(folder, 'install.lock')
  const own = String(process.pid)
  const taken = await writeFile(lock, own, { flag: 'wx' }).then(
    () => true,
    () => false,
  )
  if (!taken) {
    const pid = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (isAlive(pid) && pid !== process.pid) {
      const message = `process ${pid} is installing into ${folder}: wait for it (or, if it is none, remove ${lock})`
      return E.left({ _tag: 'InstallRunning', message, pid })
    }
    await writeFile(lock, own)
  }
  try {
    return await act()
  } finally {
    await rm(lock, { force: true })
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
