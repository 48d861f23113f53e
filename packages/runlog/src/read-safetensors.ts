import { printable } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import type { InvalidSafetensors } from './failures.ts'
import { dtypes, elementsOf, type StoredTensor, type StoredTensors, type TensorDtype } from './stored-tensor.ts'

const LONGEST_HEADER = 100_000_000
const dtypeOfCode = new Map(Object.entries(dtypes).map(([dtype, { code }]) => [code, dtype as TensorDtype]))

interface Entry {
  readonly name: string
  readonly dtype: TensorDtype
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/**
 * The tensors of a safetensors file's bytes, copied out of them, by name. Every size is held against the bytes that
 * are there before anything is allocated; the data must be covered without gap or overlap. `__metadata__` is passed
 * over.
 *
 * @returns `InvalidSafetensors` with where, expected and found.
 *
 * @example
 * readSafetensors(writeSafetensors(tensors)) // right(tensors)
 */
export function readSafetensors(bytes: Uint8Array): E.Either<InvalidSafetensors, StoredTensors> {
  if (bytes.byteLength < 8) return invalid('length', 'at least 8 bytes', `${bytes.byteLength}`)
  const stated = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  const most = Math.min(bytes.byteLength - 8, LONGEST_HEADER)
  if (stated > BigInt(most)) return invalid('header length', `at most ${most} bytes`, `${stated}`)
  const data = bytes.subarray(8 + Number(stated))
  const entries = parseHeader(bytes.subarray(8, 8 + Number(stated)), data.byteLength)
  return E.isLeft(entries)
    ? entries
    : E.right(Object.fromEntries(entries.right.map((entry) => [entry.name, tensorOf(entry, data)])))
}

function tensorOf({ dtype, shape, begin, end }: Entry, data: Uint8Array): StoredTensor {
  const copy = new Uint8Array(data.subarray(begin, end))
  return { dtype, shape, data: dtypes[dtype].view(copy.buffer) } as StoredTensor
}

function parseHeader(header: Uint8Array, dataBytes: number): E.Either<InvalidSafetensors, readonly Entry[]> {
  const json = E.tryCatch(
    (): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header)),
    () => undefined,
  )
  if (E.isLeft(json) || !isObject(json.right)) return invalid('header', 'a JSON object', 'something else')
  const entries: Entry[] = []
  for (const [name, value] of Object.entries(json.right)) {
    if (name === '__metadata__') continue
    const entry = parseEntry(name, value)
    if (E.isLeft(entry)) return entry
    entries.push(entry.right)
  }
  let position = 0
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== position) return invalid(name, `data from byte ${position}`, `data from byte ${begin}`)
    position = end
  }
  return position === dataBytes ? E.right(entries) : invalid('data', `${position} bytes`, `${dataBytes}`)
}

function parseEntry(name: string, value: unknown): E.Either<InvalidSafetensors, Entry> {
  if (!isObject(value)) return invalid(name, 'an object', typeof value)
  const { dtype: code, shape, data_offsets: offsets } = value
  const dtype = dtypeOfCode.get(String(code))
  if (dtype === undefined) return invalid(`${name}: dtype`, [...dtypeOfCode.keys()].join(', '), String(code))
  if (!isCounts(shape)) return invalid(`${name}: shape`, 'a list of counts', String(JSON.stringify(shape)))
  if (!isCounts(offsets) || offsets.length !== 2)
    return invalid(`${name}: data_offsets`, 'two positions', String(JSON.stringify(offsets)))
  const [begin, end] = offsets as [number, number]
  const bytes = elementsOf(shape) * dtypes[dtype].bytes
  return end - begin === bytes
    ? E.right({ name, dtype, shape, begin, end })
    : invalid(`${name}: data_offsets`, `${bytes} bytes for [${shape.join(', ')}]`, `${end - begin}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)
}

function invalid(where: string, expected: string, found: string): E.Either<InvalidSafetensors, never> {
  const facts = { where: printable(where), expected: printable(expected), found: printable(found) }
  const message = `safetensors: ${facts.where}: expected ${facts.expected}, found ${facts.found}; is the file whole?`
  return E.left({ _tag: 'InvalidSafetensors', message, ...facts })
}
