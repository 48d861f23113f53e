import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileSource } from '../binary/byte-source.ts'

/** Tells an archive from another, or from itself before it was changed, without reading all of it. */
export interface Fingerprint {
  readonly file: string
  readonly size: number
  /** When it was last written, in milliseconds. */
  readonly written: number
  /** sha256 of 64 KiB spread evenly over it, first and last bytes included. */
  readonly sample: string
}

const BLOCKS = 16
const BLOCK_BYTES = 4096

/** A file's fingerprint. Rejects with the system's error where it can't be read. */
export async function fingerprint(file: string): Promise<Fingerprint> {
  const source = await fileSource(file)
  try {
    const { size } = source
    const hash = createHash('sha256')
    const length = Math.min(size, BLOCK_BYTES)
    for (let block = 0; block < BLOCKS; block++) {
      hash.update(await source.read(Math.floor(((size - length) * block) / (BLOCKS - 1)), length))
    }
    return { file: basename(file), size, written: (await stat(file)).mtimeMs, sample: hash.digest('hex') }
  } finally {
    await source.close()
  }
}
