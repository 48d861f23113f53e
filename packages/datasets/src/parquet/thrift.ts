import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/** A value of Thrift's compact protocol; a struct is its fields by number. */
type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct

export interface ThriftStruct {
  readonly fields: ReadonlyMap<number, ThriftValue>
}

const MOST_DEPTH = 32

/**
 * One struct of Thrift's compact protocol, and where it ends. Byte strings are views. A list can't be longer than the bytes
 * that are left, and nesting is bounded, so the bytes bound time and memory.
 *
 * @param offset where the bytes lie in their file, for failures.
 */
export function readThrift(
  bytes: Uint8Array,
  file: string,
  offset: number,
): { readonly struct: ThriftStruct; readonly length: number } {
  let at = 0
  const fail = (required: string, found: string): never =>
    refuse(formatFailure('Parquet', file, offset + at, required, found))

  return { struct: struct(0), length: at }

  function byte(): number {
    return at < bytes.length ? bytes[at++]! : fail('another byte', 'its end')
  }
  function unsigned(): number {
    let whole = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const next = byte()
      whole += (next & 127) * 2 ** shift
      if (next < 128) return Number.isSafeInteger(whole) ? whole : fail('a number below 2⁵³', String(whole))
    }
    // Ten bytes: a 64-bit number beyond what doubles hold. Only statistics have such; they are never used.
    while (byte() >= 128);
    return Number.MAX_SAFE_INTEGER
  }
  function signed(): number {
    const zigzag = unsigned()
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  }
  function take(length: number): Uint8Array {
    if (length > bytes.length - at) fail(`${length} bytes`, `${bytes.length - at}`)
    at += length
    return bytes.subarray(at - length, at)
  }
  function struct(depth: number): ThriftStruct {
    if (depth > MOST_DEPTH) fail(`at most ${MOST_DEPTH} structs in each other`, 'more')
    const fields = new Map<number, ThriftValue>()
    for (let field = 0; ;) {
      const head = byte()
      if (head === 0) return { fields }
      field = head >> 4 === 0 ? signed() : field + (head >> 4)
      fields.set(field, value(head & 15, depth))
    }
  }
  function value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return type === 1
      case 3:
        return byte()
      case 4:
      case 5:
      case 6:
        return signed()
      case 7:
        return take(8)
      case 8:
        return take(unsigned())
      case 9:
      case 10:
        return list(depth + 1)
      case 12:
        return struct(depth + 1)
      default:
        return fail('a field', `type ${type}`)
    }
  }
  function list(depth: number): readonly ThriftValue[] {
    if (depth > MOST_DEPTH) fail(`at most ${MOST_DEPTH} lists in each other`, 'more')
    const head = byte()
    const length = head >> 4 === 15 ? unsigned() : head >> 4
    if (length > bytes.length - at) fail(`a list of at most ${bytes.length - at}`, `${length}`)
    const items: ThriftValue[] = []
    const isBoolean = (head & 15) <= 2
    for (let i = 0; i < length; i++) items.push(isBoolean ? byte() === 1 : value(head & 15, depth))
    return items
  }
}

/** A field that holds a number; undefined where it is absent or holds something else. */
export function numberAt(struct: ThriftStruct | undefined, field: number): number | undefined {
  const value = struct?.fields.get(field)
  return typeof value === 'number' ? value : undefined
}

/** A field that holds text. */
export function textAt(struct: ThriftStruct | undefined, field: number): string | undefined {
  const value = struct?.fields.get(field)
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : undefined
}

/** A field that holds a struct. */
export function structAt(struct: ThriftStruct | undefined, field: number): ThriftStruct | undefined {
  const value = struct?.fields.get(field)
  return isStruct(value) ? value : undefined
}

/** The structs of a field that holds a list. */
export function structsAt(struct: ThriftStruct | undefined, field: number): readonly ThriftStruct[] {
  const value = struct?.fields.get(field)
  return Array.isArray(value) ? value.filter(isStruct) : []
}

function isStruct(value: unknown): value is ThriftStruct {
  return typeof value === 'object' && value !== null && 'fields' in value
}
