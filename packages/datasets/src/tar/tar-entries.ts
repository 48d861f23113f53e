import { type ByteSource, readAhead } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'
import type { TarEntry } from './tar-entry.ts'
import { BLOCK, tarHeader, text } from './tar-header.ts'

/** A long name or an extended header; an archive that claims a longer one is no archive. */
const MOST_NAME_BYTES = 2 ** 16

/** What of a source is an archive. */
export interface TarRange {
  readonly from?: number
  readonly to?: number
  /** How many bytes are read at a time where headers lie close to each other; 0 reads no byte twice nor too early. */
  readonly ahead?: number
}

/**
 * The ordinary files of a tar archive (v7, ustar, pax, GNU long names), one after another, without reading their bytes.
 *
 * Folders are passed over; so are links and devices, which lead out of the archive. Memory does not grow with the archive.
 * Refuses a torn archive, a wrong checksum, an entry that juts out of its archive and sparse entries.
 */
export async function* tarEntries(
  source: ByteSource,
  { from = 0, to = source.size, ahead: window }: TarRange = {},
): AsyncGenerator<TarEntry, void, undefined> {
  const { file } = source
  const ahead = readAhead(source, window)
  let next: { name?: string; size?: number } = {}
  for (let at = from; at < to;) {
    if (at + BLOCK > to) refuse(formatFailure('tar', file, at, 'a header of 512 bytes', `${to - at} bytes`))
    const header = tarHeader(await ahead.read(at, BLOCK), file, at)
    if (header === undefined) return
    const offset = at + BLOCK
    const size = next.size ?? header.size
    if (size > to - offset) refuse(formatFailure('tar', file, at, `at most ${to - offset} bytes`, `${size} claimed`))
    switch (header.type) {
      case '0':
      case '7':
        yield { name: next.name ?? header.name, offset, size }
        next = {}
        break
      case 'x':
        next = { ...next, ...paxOf(await special(offset, size), file, offset) }
        break
      case 'L':
        next = { ...next, name: text(await special(offset, size)) }
        break
      case 'S':
        refuse(formatFailure('tar', file, at, 'files stored whole', 'a sparse one'))
      // falls through
      default:
        if (header.type !== 'g' && header.type !== 'K') next = {}
    }
    at = offset + Math.ceil(size / BLOCK) * BLOCK
  }

  function special(offset: number, size: number): Promise<Uint8Array> {
    if (size > MOST_NAME_BYTES) {
      refuse(formatFailure('tar', file, offset, `a name of at most ${MOST_NAME_BYTES} bytes`, `${size}`))
    }
    return ahead.read(offset, size)
  }
}

/** What an extended header says of the next entry: lines `length key=value`. */
function paxOf(bytes: Uint8Array, file: string, offset: number): { name?: string; size?: number } {
  const found: { name?: string; size?: number } = {}
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const digits = space < 0 ? '' : text(bytes.subarray(at, space))
    const length = /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : 0
    if (length <= digits.length + 1 || at + length > bytes.length) {
      refuse(formatFailure('tar', file, offset + at, 'a line of an extended header', `length '${digits}'`))
    }
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(text(bytes.subarray(space + 1, at + length - 1))) ?? []
    if (key === 'path') found.name = value as string
    if (key === 'size') {
      const size = Number(value)
      if (!/^\d+$/.test(value as string) || !Number.isSafeInteger(size)) {
        refuse(formatFailure('tar', file, offset + at, 'a size', value as string))
      }
      found.size = size
    }
    if (key?.startsWith('GNU.sparse'))
      refuse(formatFailure('tar', file, offset + at, 'files stored whole', 'a sparse one'))
    at += length
  }
  return found
}
