import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * A file's SHA-256 in hexadecimal digits, without holding the file.
 *
 * @throws the system's error where it can't be read.
 *
 * @example
 * await sha256OfFile('train.pack') // 'e3b0c44298fc1c14…'
 */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash)
  return hash.digest('hex')
}
