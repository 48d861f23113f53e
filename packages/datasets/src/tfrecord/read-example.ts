import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/** What a tf.Example says of one feature: byte strings, or whole numbers. Views of the record, not copies. */
export interface Feature {
  readonly bytes: readonly Uint8Array[]
  readonly integers: readonly number[]
}

/** Tags of protocol buffers: a field's number and how it is written. */
const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5]

/**
 * The features of a tf.Example, by name. Numbers with a point are passed over.
 *
 * @param offset where the record lies in its file, for failures.
 * @throws Refusal for anything but a whole tf.Example.
 */
export function readExample(record: Uint8Array, file: string, offset: number): ReadonlyMap<string, Feature> {
  const features = new Map<string, Feature>()
  for (const [field, example] of messages(record)) {
    if (field !== 1) continue
    for (const [inner, entry] of messages(example)) {
      if (inner !== 1) continue
      let name = ''
      let feature: Feature = { bytes: [], integers: [] }
      for (const [part, value] of messages(entry)) {
        if (part === 1) name = Buffer.from(value).toString('utf8')
        else if (part === 2) feature = featureOf(value)
      }
      features.set(name, feature)
    }
  }
  return features

  function featureOf(message: Uint8Array): Feature {
    const bytes: Uint8Array[] = []
    const integers: number[] = []
    for (const [kind, list] of messages(message)) {
      if (kind === 1) for (const [field, value] of messages(list)) if (field === 1) bytes.push(value)
      if (kind === 3) {
        for (const [field, value] of fields(list)) {
          if (field !== 1) continue
          if (typeof value === 'number') integers.push(value)
          else for (let at = 0; at < value.length;) [integers[integers.length], at] = varint(value, at)
        }
      }
    }
    return { bytes, integers }
  }

  function* messages(bytes: Uint8Array): Generator<[number, Uint8Array], void, undefined> {
    for (const [field, value] of fields(bytes)) if (typeof value !== 'number') yield [field, value]
  }

  function* fields(bytes: Uint8Array): Generator<[number, Uint8Array | number], void, undefined> {
    for (let at = 0; at < bytes.length;) {
      let tag: number
      ;[tag, at] = varint(bytes, at)
      const field = Math.floor(tag / 8)
      const kind = tag % 8
      if (kind === VARINT) {
        let value: number
        ;[value, at] = varint(bytes, at)
        yield [field, value]
        continue
      }
      let length = kind === FIXED64 ? 8 : 4
      if (kind === LENGTH) [length, at] = varint(bytes, at)
      else if (kind !== FIXED64 && kind !== FIXED32) fail(bytes, at, 'a field', `wire type ${kind}`)
      if (length < 0 || length > bytes.length - at) fail(bytes, at, `${length} bytes`, `${bytes.length - at}`)
      if (kind === LENGTH) yield [field, bytes.subarray(at, at + length)]
      at += length
    }
  }

  /** A whole number of up to 64 bits, two's complement; one that doubles don't hold exactly is refused. */
  function varint(bytes: Uint8Array, start: number): [value: number, next: number] {
    let value = 0n
    for (let at = start, shift = 0n; shift < 70n; at++, shift += 7n) {
      const byte = bytes[at]
      if (byte === undefined) fail(bytes, start, 'a whole number', 'its end')
      value |= BigInt(byte! & 127) << shift
      if (byte! < 128) {
        const signed = Number(BigInt.asIntN(64, value))
        if (!Number.isSafeInteger(signed)) fail(bytes, start, 'a number below 2⁵³', String(value))
        return [signed, at + 1]
      }
    }
    return fail(bytes, start, 'a whole number of 10 bytes at most', 'more')
  }

  function fail(bytes: Uint8Array, at: number, required: string, found: string): never {
    return refuse(
      formatFailure('a tf.Example', file, offset + bytes.byteOffset - record.byteOffset + at, required, found),
    )
  }
}
