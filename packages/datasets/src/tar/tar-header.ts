import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

export const BLOCK = 512

/** One header block, checked. */
export interface TarHeader {
  readonly name: string
  readonly size: number
  /** The kind of entry, one character: `0` is an ordinary file. */
  readonly type: string
}

/** A header out of its 512 bytes; undefined for a block of zeros. Refuses a wrong checksum and impossible numbers. */
export function tarHeader(block: Uint8Array, file: string, offset: number): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  const fail = (required: string, found: string): never => refuse(formatFailure('tar', file, offset, required, found))
  const stated = octal(block.subarray(148, 156))
  // The checksum's own eight bytes count as spaces.
  let sum = 8 * 32
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0 : (block[i] as number)
  if (stated !== sum) fail('a header with its checksum', stated === undefined ? 'none' : `${stated} for ${sum}`)
  const size = numberOf(block.subarray(124, 136))
  if (size === undefined) fail('a size', text(block.subarray(124, 136)))
  const prefix = text(block.subarray(257, 262)) === 'ustar' ? text(block.subarray(345, 500)) : ''
  const own = text(block.subarray(0, 100))
  return {
    name: prefix === '' ? own : `${prefix}/${own}`,
    size: size as number,
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] as number),
  }
}

/** Octal digits, or from 8 GiB on a big-endian number behind a set first bit. */
function numberOf(field: Uint8Array): number | undefined {
  if ((field[0] as number) !== 0x80) return octal(field)
  const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  return Number.isSafeInteger(value) ? value : undefined
}

function octal(field: Uint8Array): number | undefined {
  const digits = text(field).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

/** Bytes up to the first zero, as text. */
export function text(field: Uint8Array): string {
  const end = field.indexOf(0)
  return Buffer.from(field.subarray(0, end < 0 ? field.length : end)).toString('utf8')
}
