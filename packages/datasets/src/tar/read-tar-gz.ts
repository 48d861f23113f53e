import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import { streamSource } from './stream-source.ts'
import { tarEntries } from './tar-entries.ts'

/** What an archive may hold, unpacked. The largest that is read this way has 186 MB. */
const MOST_BYTES = 2 ** 30

export interface WantedFiles {
  /** The most bytes that a file of this name may have; undefined for a file that isn't wanted. Names are the last part. */
  (name: string): number | undefined
}

/** Some of the files of a .tar.gz, by the last part of their names, and the sha256 of the archive itself. */
export interface TarGzFiles {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly sha256: string
}

/** Reads the wanted files of a .tar.gz archive in one pass, holding nothing else. */
export async function readTarGz(file: string, wanted: WantedFiles): Promise<TarGzFiles> {
  const compressed = createReadStream(file, { highWaterMark: 2 ** 18 })
  const hash = createHash('sha256')
  compressed.on('data', (part) => hash.update(part))
  const plain = createGunzip({ chunkSize: 2 ** 18 })
  pipeline(compressed, plain, () => {}) // what goes wrong destroys `plain`, which is read below
  const source = streamSource(plain as AsyncIterable<Uint8Array>, file, MOST_BYTES)
  try {
    const files = new Map<string, Uint8Array>()
    for await (const { name, offset, size } of tarEntries(source, { ahead: 0 })) {
      const last = name.slice(name.lastIndexOf('/') + 1)
      const most = wanted(last)
      if (most === undefined) continue
      if (size > most) refuse(formatFailure('tar', file, offset, `at most ${most} bytes of ${last}`, `${size}`))
      files.set(last, await source.read(offset, size))
    }
    for await (const _ of plain); // to the end, for the sum
    return { files, sha256: hash.digest('hex') }
  } catch (cause) {
    const { code, syscall } = (cause ?? {}) as NodeJS.ErrnoException
    if (typeof code !== 'string' || syscall !== undefined) throw cause
    return refuse(formatFailure('gzip', file, compressed.bytesRead, 'a whole gzip stream', code))
  } finally {
    compressed.destroy()
    plain.destroy()
  }
}
