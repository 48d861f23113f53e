import type { Failure } from '@coherent-gradients/core'
import { writableFolder } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { RunFiles } from './run-files.ts'

/** The right to write into a run's folder. */
export interface RunLock {
  /** Gives it up; `forGood` where the run is done, and nobody needs the lock file any more. */
  release(forGood: boolean): Promise<void>
}

/** SQLite's code for a lock that somebody else has. */
const BUSY = 5

/**
 * Takes the right to write into a run's folder, which one process at a time has.
 *
 * It is the operating system's lock on the file `lock`, taken by way of SQLite, which Node brings with it: the system gives it
 * back when its holder ends, however it ends. So no lock is ever stale, no process number is compared, and no clock is
 * read. On a shared file system it holds between machines, as that system's locks do.
 *
 * @returns left with `RunElsewhere` where another process, or another thread of this one, has it; with another failure
 *   where the folder can't be written, or its file system has no locks.
 */
export async function takeRunLock({ id, directory, lock }: RunFiles): Promise<E.Either<Failure, RunLock>> {
  const room = await writableFolder(directory)()
  if (E.isLeft(room)) return room
  const held = tryLock(lock)
  if (held === 'held') return E.left({ _tag: 'RunElsewhere', message: `run ${id} is being made by another process` })
  if (held instanceof Error) {
    const message = `${lock} cannot be locked: ${held.message}; choose --runs on a file system that has locks`
    return E.left({ _tag: 'NoLocks', message })
  }
  return E.right({
    async release(forGood) {
      // Who waits for the removed file's lock gets it, and then finds that the run is done.
      if (forGood) await rm(lock, { force: true }).catch(() => undefined)
      held.close()
    },
  })
}

/** Whether some process is making the run at this moment. */
export function isBeingMade({ lock }: RunFiles): boolean {
  if (!existsSync(lock)) return false
  const held = tryLock(lock)
  if (held === 'held') return true
  if (!(held instanceof Error)) held.close()
  return false
}

function tryLock(file: string): DatabaseSync | 'held' | Error {
  let database: DatabaseSync | undefined
  try {
    database = new (sqlite().DatabaseSync)(file)
    // Somebody who only looks whether it is held has it for an instant.
    database.exec('PRAGMA busy_timeout = 200')
    database.exec('PRAGMA journal_mode = OFF')
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database?.close()
    if ((error as { readonly errcode?: number }).errcode === BUSY) return 'held'
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Node 22 warns that it is experimental, once a process; whoever reads the progress of runs has no use for that. */
function sqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
