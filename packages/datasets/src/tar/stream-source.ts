import type { ByteSource } from '../binary/byte-source.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/**
 * A stream as a source that is read forwards only, so that an archive behind gzip is gone through without unpacking it.
 * Holds no more than was asked for; refuses past `most` bytes, since a small archive can swell to any size.
 */
export function streamSource(parts: AsyncIterable<Uint8Array>, file: string, most: number): ByteSource {
  const iterator = parts[Symbol.asyncIterator]()
  let at = 0
  let held: Uint8Array = new Uint8Array(0)

  async function more(wanted: number): Promise<void> {
    const next = await iterator.next()
    if (next.done === true) refuse(formatFailure('a whole archive', file, at, `${wanted} more bytes`, 'its end'))
    held = next.value as Uint8Array
    if (at + held.length > most) refuse(formatFailure('an archive', file, at, `at most ${most} bytes`, 'more'))
  }

  return {
    file,
    size: Number.MAX_SAFE_INTEGER,
    async read(offset, length) {
      if (offset < at) throw new RangeError(`${file}: required a place from ${at} on, found ${offset}`)
      if (offset + length > most) refuse(formatFailure('an archive', file, offset, `at most ${most} bytes`, 'more'))
      while (offset - at > held.length) {
        at += held.length
        await more(offset - at)
      }
      held = held.subarray(offset - at)
      at = offset
      const bytes = new Uint8Array(length)
      for (let filled = 0; filled < length;) {
        if (held.length === 0) await more(length - filled)
        const part = held.subarray(0, length - filled)
        bytes.set(part, filled)
        filled += part.length
        at += part.length
        held = held.subarray(part.length)
      }
      return bytes
    },
    async readInto() {
      throw new RangeError(`${file}: is read forwards only`)
    },
    async close() {
      await iterator.return?.()
    },
  }
}
