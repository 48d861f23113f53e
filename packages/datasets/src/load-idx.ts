import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Failure } from '@coherent-gradients/core'
import { either as E, taskEither as TE } from 'fp-ts'
import { expandGzip } from './expand-gzip.ts'
import type { FileFailure } from './file-failure.ts'
import type { Idx } from './idx.ts'
import type { IdxFailure } from './idx-failure.ts'
import { parseIdx } from './parse-idx.ts'

/** A file is whole, but not the one that it should be. Sums are sha256 of the bytes behind gzip. */
export type ChecksumMismatch = Failure<'ChecksumMismatch', { file: string; expected: string; found: string }>

/** An IDX file from disk, behind gzip or not; with `sha256`, only if the bytes behind gzip have that sum. */
export function loadIdx(
  file: string,
  sha256?: string,
): TE.TaskEither<FileFailure | IdxFailure | ChecksumMismatch, Idx> {
  return async () => {
    const bytes = await readBytes(file)()
    if (E.isLeft(bytes)) return bytes
    const plain = expandGzip(bytes.right, file)
    if (E.isLeft(plain)) return plain
    const idx = parseIdx(plain.right, file)
    if (E.isLeft(idx) || sha256 === undefined) return idx
    const found = createHash('sha256').update(plain.right).digest('hex')
    return found === sha256 ? idx : E.left(mismatch(file, sha256, found))
  }
}

function readBytes(file: string): TE.TaskEither<FileFailure, Uint8Array> {
  return TE.tryCatch(
    () => readFile(file),
    (cause) => {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
      return { _tag: 'FileFailure', message: `${file}: cannot be read (${code})`, file, code }
    },
  )
}

function mismatch(file: string, expected: string, found: string): ChecksumMismatch {
  const message = `${file}: wrong checksum: required sha256 ${expected}, found ${found}. Get the file again.`
  return { _tag: 'ChecksumMismatch', message, file, expected, found }
}
