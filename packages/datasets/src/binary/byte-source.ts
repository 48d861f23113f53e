import { type FileHandle, open, stat } from 'node:fs/promises'
import { formatFailure } from './format-failure.ts'
import { refuse } from './refusal.ts'

/** Bytes that are read anywhere: a file, or some in memory. */
export interface ByteSource {
  /** What failures call it. */
  readonly file: string
  readonly size: number
  /** Exactly `length` bytes from `offset` on, an array of their own; refuses where the source ends before. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Fills the bytes from `offset` on. */
  readInto(bytes: Uint8Array, offset: number): Promise<void>
  close(): Promise<void>
}

/** A file, read by position. Rejects with the system's error where it can't be opened or is no ordinary file. */
export async function fileSource(file: string): Promise<ByteSource> {
  // Asked first: opening a pipe would wait for somebody to write into it.
  const stats = await stat(file)
  if (!stats.isFile()) {
    refuse(formatFailure('a file', file, 0, 'an ordinary file', stats.isDirectory() ? 'a folder' : 'another kind'))
  }
  const handle = await open(file, 'r')
  const { size } = await handle.stat()
  return {
    file,
    size,
    async read(offset, length) {
      // Before anything is allocated: the length may come out of the file itself.
      requireInside(file, size, offset, length)
      const bytes = new Uint8Array(length)
      await fill(handle, file, bytes, offset)
      return bytes
    },
    async readInto(bytes, offset) {
      requireInside(file, size, offset, bytes.length)
      await fill(handle, file, bytes, offset)
    },
    close: () => handle.close(),
  }
}

/** Bytes in memory. */
export function bytesSource(bytes: Uint8Array, file: string): ByteSource {
  return {
    file,
    size: bytes.length,
    async read(offset, length) {
      requireInside(file, bytes.length, offset, length)
      return bytes.slice(offset, offset + length)
    },
    async readInto(into, offset) {
      requireInside(file, bytes.length, offset, into.length)
      into.set(bytes.subarray(offset, offset + into.length))
    },
    async close() {},
  }
}

async function fill(handle: FileHandle, file: string, bytes: Uint8Array, offset: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, offset + at)
    if (bytesRead === 0)
      refuse(formatFailure('a file', file, offset + at, `${bytes.length - at} more bytes`, 'its end'))
    at += bytesRead
  }
}

function requireInside(file: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return
  refuse(formatFailure('a file', file, offset, `${length} bytes`, `${Math.max(0, size - offset)} to its end`))
}

/** Reads ahead: small reads that follow each other become few large ones. What it gives must not be kept. */
export function readAhead(source: ByteSource, ahead: number = 2 ** 14): ByteSource {
  let start = 0
  let held: Uint8Array = new Uint8Array(0)
  return {
    file: source.file,
    size: source.size,
    async read(offset, length) {
      if (offset < start || offset + length > start + held.length) {
        const wanted = Math.max(length, Math.min(ahead, source.size - offset))
        held = await source.read(offset, wanted)
        start = offset
      }
      return held.subarray(offset - start, offset - start + length)
    },
    readInto: (bytes, offset) => source.readInto(bytes, offset),
    close: () => source.close(),
  }
}
