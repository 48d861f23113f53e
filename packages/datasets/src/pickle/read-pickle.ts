import type { PickledArray, PickleDict, PickleList, PickleTuple, PickleValue } from './pickle-value.ts'
import { formatFailure } from '../binary/format-failure.ts'
import { refuse } from '../binary/refusal.ts'

/** The only names that a pickle may ask for, and what each is made into. None of them runs anything. */
const NAMES: Readonly<Record<string, 'reconstruct' | 'ndarray' | 'dtype' | 'encode'>> = {
  'numpy.core.multiarray _reconstruct': 'reconstruct',
  'numpy._core.multiarray _reconstruct': 'reconstruct',
  'numpy ndarray': 'ndarray',
  'numpy dtype': 'dtype',
  '_codecs encode': 'encode',
}

const MOST_DEPTH = 1_000_000

/**
 * Reads a pickle of plain values and NumPy arrays of bytes, as CIFAR's python batches are.
 *
 * A pickle is a program. This runs only opcodes of the list below, all of which make plain values, and knows only five
 * names; a pickle with any other opcode or name is refused, at its byte. Nothing is allocated by a length that the file
 * claims: strings and arrays are views of the bytes.
 *
 * @throws Refusal for anything but a whole pickle of such values.
 */
export function readPickle(bytes: Uint8Array, file: string): PickleValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stack: PickleValue[] = []
  const marks: number[] = []
  const memo = new Map<number, PickleValue>()
  let at = 0
  let opcodeAt = 0

  const fail = (required: string, found: string): never =>
    refuse(formatFailure('a pickle', file, opcodeAt, required, found))

  function take(length: number): Uint8Array {
    if (length < 0 || length > bytes.length - at) fail(`${length} more bytes`, `${bytes.length - at}`)
    at += length
    return bytes.subarray(at - length, at)
  }
  function number(width: 1 | 2 | 4 | 8, signed = false): number {
    const start = at
    take(width)
    if (width === 1) return view.getUint8(start)
    if (width === 2) return view.getUint16(start, true)
    if (width === 4) return signed ? view.getInt32(start, true) : view.getUint32(start, true)
    const value = view.getBigUint64(start, true)
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? fail('a length', String(value)) : Number(value)
  }
  function line(): string {
    const end = bytes.indexOf(10, at)
    if (end < 0) fail('a line', 'no end of one')
    const found = latin1(take(end - at))
    at++
    return found
  }
  function pop(): PickleValue {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.pop() : undefined
    return value === undefined ? fail('a value on the stack', 'none') : value
  }
  function top(): PickleValue {
    const value = stack.length > (marks.at(-1) ?? 0) ? stack.at(-1) : undefined
    return value === undefined ? fail('a value on the stack', 'none') : value
  }
  function sinceMark(): PickleValue[] {
    const mark = marks.pop()
    return mark === undefined ? fail('a mark on the stack', 'none') : stack.splice(mark)
  }
  function push(value: PickleValue): void {
    if (stack.length >= MOST_DEPTH) fail(`a stack of at most ${MOST_DEPTH}`, 'more')
    stack.push(value)
  }
  function kept(place: number): PickleValue {
    return memo.has(place) ? memo.get(place)! : fail('a value that was kept', `place ${place}`)
  }
  function tuple(items: readonly PickleValue[]): PickleTuple {
    return { kind: 'tuple', items }
  }
  function topped<K extends 'list' | 'dict'>(kind: K): K extends 'list' ? PickleList : PickleDict {
    const value = top()
    if (kindOf(value) !== kind) fail(`a ${kind}`, kindOf(value))
    return value as K extends 'list' ? PickleList : PickleDict
  }
  function set(dict: PickleDict, items: readonly PickleValue[]): void {
    if (items.length % 2 !== 0) fail('a value for each key', 'a key alone')
    for (let i = 0; i < items.length; i += 2) dict.entries.set(keyOf(items[i]!), items[i + 1]!)
  }
  function keyOf(value: PickleValue): string {
    if (typeof value === 'string') return value
    if (value instanceof Uint8Array && value.length < 256) return latin1(value)
    return typeof value === 'number' ? String(value) : fail('a key of text', kindOf(value))
  }
  function named(module: string, name: string): PickleValue {
    const known = Object.hasOwn(NAMES, `${module} ${name}`) ? NAMES[`${module} ${name}`] : undefined
    return known === undefined
      ? fail('a NumPy array or plain values', `the name ${module}.${name}`)
      : { kind: 'name', name: known }
  }
  function text(value: PickleValue): string {
    if (typeof value === 'string') return value
    return value instanceof Uint8Array ? latin1(value) : fail('text', kindOf(value))
  }
  function reduced(callee: PickleValue, args: PickleValue): PickleValue {
    if (!isKind(callee, 'name') || !isKind(args, 'tuple'))
      return fail('an allowed name and its arguments', kindOf(callee))
    const [first] = args.items
    switch (callee.name) {
      case 'reconstruct':
        return { kind: 'array', shape: [], fortran: false, data: new Uint8Array(0) }
      case 'dtype':
        return { kind: 'dtype', name: text(first ?? null) }
      case 'encode':
        return encoded(text(first ?? null))
      default:
        return fail('a function', `the class ${callee.name}`)
    }
  }
  function encoded(characters: string): Uint8Array {
    for (let i = 0; i < characters.length; i++) if (characters.charCodeAt(i) > 255) fail('latin1', 'other text')
    return new Uint8Array(Buffer.from(characters, 'latin1'))
  }
  function build(target: PickleValue, state: PickleValue): void {
    if (isKind(target, 'dtype')) return
    if (!isKind(target, 'array') || !isKind(state, 'tuple')) return fail('the state of an array', kindOf(target))
    const [, shape, type, fortran, data] = state.items
    if (!isKind(shape, 'tuple') || !isKind(type, 'dtype') || !(data instanceof Uint8Array)) {
      return fail('an array’s shape, type and bytes', 'others')
    }
    if (!/^[|<>=]?u1$/.test(type.name)) fail('an array of bytes (u1)', type.name)
    const lengths = shape.items.map((length) =>
      Number.isInteger(length) && (length as number) >= 0 ? (length as number) : fail('a shape', kindOf(length)),
    )
    const size = lengths.reduce((product, length) => product * length, 1)
    if (size !== data.length) fail(`${size} bytes for shape [${lengths.join(', ')}]`, `${data.length}`)
    const array: PickledArray = target
    array.shape = lengths
    array.fortran = fortran === true || fortran === 1
    array.data = data
  }

  const opcodes: Readonly<Record<number, () => void>> = {
    0x80: () => void (number(1) > 5 && fail('protocol 0 to 5', `${bytes[at - 1]}`)), // PROTO
    0x95: () => void number(8), // FRAME
    0x28: () => void marks.push(stack.length), // MARK
    0x4e: () => push(null), // NONE
    0x88: () => push(true), // NEWTRUE
    0x89: () => push(false), // NEWFALSE
    0x49: () => push(whole(line())), // INT
    0x4a: () => push(number(4, true)), // BININT
    0x4b: () => push(number(1)), // BININT1
    0x4d: () => push(number(2)), // BININT2
    0x8a: () => push(littleEndian(take(number(1)))), // LONG1
    0x47: () => push(new DataView(take(8).slice().buffer).getFloat64(0)), // BINFLOAT
    0x54: () => push(take(number(4, true))), // BINSTRING
    0x55: () => push(take(number(1))), // SHORT_BINSTRING
    0x42: () => push(take(number(4))), // BINBYTES
    0x43: () => push(take(number(1))), // SHORT_BINBYTES
    0x8e: () => push(take(number(8))), // BINBYTES8
    0x58: () => push(utf8(take(number(4)))), // BINUNICODE
    0x8c: () => push(utf8(take(number(1)))), // SHORT_BINUNICODE
    0x8d: () => push(utf8(take(number(8)))), // BINUNICODE8
    0x5d: () => push({ kind: 'list', items: [] }), // EMPTY_LIST
    0x6c: () => push({ kind: 'list', items: sinceMark() }), // LIST
    0x61: () => {
      const item = pop() // APPEND
      topped('list').items.push(item)
    },
    0x65: () => {
      const items = sinceMark() // APPENDS
      const { items: all } = topped('list')
      for (const item of items) all.push(item)
    },
    0x29: () => push(tuple([])), // EMPTY_TUPLE
    0x74: () => push(tuple(sinceMark())), // TUPLE
    0x85: () => push(tuple([pop()])), // TUPLE1
    0x86: () => push(tuple([pop(), pop()].toReversed())), // TUPLE2
    0x87: () => push(tuple([pop(), pop(), pop()].toReversed())), // TUPLE3
    0x7d: () => push({ kind: 'dict', entries: new Map() }), // EMPTY_DICT
    0x64: () => {
      const dict: PickleDict = { kind: 'dict', entries: new Map() } // DICT
      set(dict, sinceMark())
      push(dict)
    },
    0x73: () => {
      const [value, key] = [pop(), pop()] // SETITEM
      set(topped('dict'), [key, value])
    },
    0x75: () => {
      const items = sinceMark() // SETITEMS
      set(topped('dict'), items)
    },
    0x70: () => void memo.set(whole(line()), top()), // PUT
    0x71: () => void memo.set(number(1), top()), // BINPUT
    0x72: () => void memo.set(number(4), top()), // LONG_BINPUT
    0x94: () => void memo.set(memo.size, top()), // MEMOIZE
    0x67: () => push(kept(whole(line()))), // GET
    0x68: () => push(kept(number(1))), // BINGET
    0x6a: () => push(kept(number(4))), // LONG_BINGET
    0x63: () => push(named(line(), line())), // GLOBAL
    0x93: () => {
      const [name, module] = [pop(), pop()] // STACK_GLOBAL
      push(named(text(module), text(name)))
    },
    0x52: () => {
      const [args, callee] = [pop(), pop()] // REDUCE
      push(reduced(callee, args))
    },
    0x62: () => {
      const state = pop() // BUILD
      build(top(), state)
    },
  }

  for (;;) {
    opcodeAt = at
    const opcode = number(1)
    if (opcode === 0x2e) break // STOP
    const run = Object.hasOwn(opcodes, opcode) ? opcodes[opcode] : undefined
    if (run === undefined) fail('an opcode that makes plain values', `0x${opcode.toString(16).padStart(2, '0')}`)
    run!()
  }
  const value = pop()
  if (stack.length > 0 || marks.length > 0) fail('one value', 'more')
  if (at !== bytes.length) fail('nothing behind it', `${bytes.length - at} bytes`)
  return value

  function whole(digits: string): number {
    if (digits === '01' || digits === '00') return Number(digits)
    return /^-?\d{1,15}L?$/.test(digits) ? Number.parseInt(digits, 10) : fail('a whole number', digits)
  }
  function littleEndian(digits: Uint8Array): number {
    if (digits.length > 6) fail('a whole number of 48 bits', `${digits.length * 8} bits`)
    const unsigned = digits.reduceRight((sum, byte) => sum * 256 + byte, 0)
    return (digits.at(-1) ?? 0) < 128 ? unsigned : unsigned - 256 ** digits.length
  }
}

/** What a value is, in a word. */
export function kindOf(value: PickleValue): string {
  if (value === null) return 'none'
  if (value instanceof Uint8Array) return 'bytes'
  return typeof value === 'object' ? value.kind : typeof value
}

/** Whether a value is of a kind. */
export function isKind<K extends string>(
  value: PickleValue | undefined,
  kind: K,
): value is Extract<PickleValue, { readonly kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
