import { maskedCrc32c } from './crc32c.ts'

/** What a feature holds: byte strings, or whole numbers. */
export type FeatureValue = Uint8Array | string | number

/** A tf.Example's bytes. */
export function exampleBytes(features: Readonly<Record<string, FeatureValue>>): Uint8Array {
  const entries = Object.entries(features).map(([name, value]) => {
    const isNumber = typeof value === 'number'
    const list = isNumber ? field(1, varint(value)) : field(1, typeof value === 'string' ? Buffer.from(value) : value)
    return field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, field(isNumber ? 3 : 1, list))]))
  })
  return new Uint8Array(field(1, Buffer.concat(entries)))
}

/** A TFRecord file's bytes. */
export function recordBytes(records: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      records.flatMap((record) => {
        const head = Buffer.alloc(12)
        head.writeBigUInt64LE(BigInt(record.length))
        head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8)
        const tail = Buffer.alloc(4)
        tail.writeUInt32LE(maskedCrc32c(record))
        return [head, record, tail]
      }),
    ),
  )
}

function field(number: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.of(...bytes, Number(rest))
}
