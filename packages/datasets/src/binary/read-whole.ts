import { close, constants, fstat, open, read, type Stats } from 'node:fs'
import { formatFailure } from './format-failure.ts'
import { refuse } from './refusal.ts'

/** Opening a pipe would wait for somebody to write into it; where there are such, this says not to. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * A whole file of at most so many bytes, in half of the time that file handles take: for pictures, which are many and small.
 *
 * Rejects with the system's error where it can't be read; refuses what is no ordinary file, is longer, or ends early.
 */
export async function readWhole(file: string, most: number): Promise<Uint8Array> {
  const descriptor = await called<number>((done) => open(file, flags, done))
  try {
    const stats = await called<Stats>((done) => fstat(descriptor, done))
    if (!stats.isFile()) {
      const found = stats.isDirectory() ? 'a folder' : 'another kind'
      refuse(formatFailure('a file', file, 0, 'an ordinary file', found))
    }
    if (stats.size > most) refuse(formatFailure('a file', file, 0, `at most ${most} bytes`, `${stats.size}`))
    const bytes = new Uint8Array(stats.size)
    for (let at = 0; at < bytes.length;) {
      const count = await called<number>((done) => read(descriptor, bytes, at, bytes.length - at, at, done))
      if (count === 0) refuse(formatFailure('a file', file, at, `${bytes.length - at} more bytes`, 'its end'))
      at += count
    }
    return bytes
  } finally {
    close(descriptor)
  }
}

function called<A>(call: (done: (error: NodeJS.ErrnoException | null, result: A) => void) => void): Promise<A> {
  return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))))
}
