import { printable } from '@coherent-gradients/core'
import { crc32 } from 'node:zlib'
import { either as E, type taskEither as TE } from 'fp-ts'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import type { FileFailure } from './file-failure.ts'
import type { NpyArray } from './npy-array.ts'
import { npzFailure, type NpzFailure } from './npz-failure.ts'
import { readNpy } from './read-npy.ts'

/** What one array may take in memory. */
const MOST_BYTES = 2 ** 31 - 1

/** Deflate never makes more than this of a byte; an entry that claims more is not data. */
const MOST_EXPANSION = 1032

const MOST_ENTRIES = 10_000

/** The arrays of a .npz file: their names, and each read when it is asked for. */
export interface Npz {
  /** Without `.npy`, in the file's order. */
  readonly names: readonly string[]
  /** The byte at which the archive's list of its arrays begins. */
  readonly directory: number
  read(name: string): TE.TaskEither<NpzFailure, NpyArray>
  close(): void
}

/**
 * Opens an archive of NumPy arrays, as `numpy.savez` and `numpy.savez_compressed` write it.
 *
 * Only the directory is read here; an array is read, held against its checksum and its stated size, when it is asked for.
 * Memory is set aside by what the bytes can hold, never by what a header claims.
 *
 * @returns left when the file is missing, is no archive, or names an array twice. Close what was opened.
 *
 * @example
 * const npz = await openNpz('digits.npz')() // right: { names: ['x', 'y'], … }
 */
export function openNpz(file: string): TE.TaskEither<FileFailure | NpzFailure, Npz> {
  return async () => {
    let zip: ZipFile
    try {
      zip = await openPromise(file, { lazyEntries: true, autoClose: false })
    } catch (cause) {
      return E.left(openFailure(file, cause))
    }
    const entries = new Map<string, Entry>()
    const directory = cursorOf(zip)
    try {
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.replace(/\.npy$/, '')
        if (entries.has(name)) throw new Error(`two arrays of the name ${name}`)
        if (entries.size === MOST_ENTRIES) throw new Error(`more than ${MOST_ENTRIES} entries`)
        entries.set(name, entry)
      }
    } catch (cause) {
      zip.close()
      return E.left(npzFailure(file, cursorOf(zip), 'corrupt', 'a whole zip archive', reasonOf(cause)))
    }
    return E.right({
      names: [...entries.keys()],
      directory,
      read: (name) => () => readEntry(file, zip, name, entries),
      close: () => zip.close(),
    })
  }
}

async function readEntry(
  file: string,
  zip: ZipFile,
  name: string,
  entries: ReadonlyMap<string, Entry>,
): Promise<E.Either<NpzFailure, NpyArray>> {
  const entry = entries.get(name)
  if (entry === undefined) {
    const names = [...entries.keys()].join(', ') || 'none'
    return E.left(npzFailure(file, cursorOf(zip), 'missing', `an array '${name}'`, names))
  }
  const where = `${file}, array ${printable(name)}`
  const { uncompressedSize, compressedSize, relativeOffsetOfLocalHeader: start } = entry
  const fail = (problem: 'too large' | 'corrupt', required: string, found: string): E.Either<NpzFailure, never> =>
    E.left(
      npzFailure(where, start, problem, required, found, 'Copy the file again, or save it again with numpy.savez.'),
    )
  if (uncompressedSize > MOST_BYTES || uncompressedSize > MOST_EXPANSION * (compressedSize + 1)) {
    return fail('too large', `at most ${MOST_BYTES} bytes`, `${uncompressedSize} claimed`)
  }
  try {
    // An ArrayBuffer of its own, so that the data can be viewed where it lies.
    const bytes = new Uint8Array(uncompressedSize)
    let at = 0
    for await (const part of await zip.openReadStreamPromise(entry)) {
      bytes.set(part as Uint8Array, at)
      at += (part as Uint8Array).length
    }
    if (crc32(bytes) !== entry.crc32) return fail('corrupt', 'the bytes that its checksum was made of', 'others')
    return readNpy(bytes, where)
  } catch (cause) {
    return fail('corrupt', 'bytes that unpack', reasonOf(cause))
  }
}

/** Where the archive's list of entries is read next. The package's types call that number a boolean. */
function cursorOf(zip: ZipFile): number {
  return Number(zip.readEntryCursor)
}

function openFailure(file: string, cause: unknown): FileFailure | NpzFailure {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && 'syscall' in cause) {
    const what = cause.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${cause.code})`
    return { _tag: 'FileFailure', message: `${file}: ${what}`, file, code: cause.code }
  }
  return npzFailure(file, 0, 'not npz', 'an archive that numpy.savez wrote', 'something else or a torn one', '')
}

function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
}
