import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ByteSource, bytesSource, fileSource } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/** What an archive behind gzip may hold. It can't be read at random, so it is held in memory. */
const MOST_BYTES = 2 ** 30

/** A tar archive as a source: read where it lies, or, behind gzip, unpacked into memory. */
export async function openTar(file: string): Promise<ByteSource> {
  if (!isGzipped(file)) return fileSource(file)
  const { size } = await stat(file)
  const most = `at most ${MOST_BYTES} bytes behind gzip: unpack a larger one with gunzip`
  if (size > MOST_BYTES) refuse(formatFailure('a small archive', file, 0, most, `${size} bytes`))
  const packed = await readFile(file)
  try {
    return bytesSource(await promisify(gunzip)(packed, { maxOutputLength: MOST_BYTES }), file)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const required = code === 'ERR_BUFFER_TOO_LARGE' ? most : 'a whole gzip stream'
    return refuse(formatFailure('gzip', file, 0, required, code))
  }
}

/** Whether an archive is behind gzip, by its name. */
export function isGzipped(file: string): boolean {
  return /\.(?:tar\.gz|tgz)$/.test(file)
}
