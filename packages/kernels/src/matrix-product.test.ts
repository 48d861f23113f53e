import { fc, test } from '@fast-check/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { matrixProduct, openKernelThreads, type Matrix } from './index.ts'
import { multiplyByDefinition } from './multiply-by-definition.test-support.ts'

const memory = new WebAssembly.Memory({ initial: 256 })
const alone = matrixProduct(memory)
const sharedMemory = new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true })
const threads = openKernelThreads(sharedMemory, { threads: 3 })
const together = matrixProduct(sharedMemory, { threads, leastTerms: 0 })
afterAll(() => threads.close())
const [atLeft, atRight, atBias, atResult, atScratch] = [2 ** 20, 4 * 2 ** 20, 6 * 2 ** 20, 8 * 2 ** 20, 12 * 2 ** 20]

/** How the numbers of a matrix lie: row after row, column after column, or row after row with room between them. */
type Layout = 'rows' | 'columns' | 'apart'

interface Case {
  readonly rows: number
  readonly columns: number
  readonly terms: number
  readonly left: Layout
  readonly right: Layout
  /** The share of the left numbers that aren't zero. */
  readonly density: number
  readonly start: 'zero' | 'bias' | 'result'
  readonly clamp: readonly [number, number] | undefined
  /** A number among those on the right. */
  readonly odd: number | undefined
  readonly seed: number
}

/** The result on one thread, which three give to the bit, and what the definition gives. Zeros have no sign here. */
function both(at: Case): { found: Float32Array; expected: Float32Array } {
  const { rows, columns, terms, start, clamp } = at
  let state = at.seed
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff
  const floats = new Float32Array(memory.buffer)
  floats.fill(Number.NaN, atLeft / 4, atScratch / 4)
  const left = matrix(atLeft, rows, terms, at.left)
  const right = matrix(atRight, terms, columns, at.right)
  const fill = ({ at: from, row, step }: Matrix, m: number, n: number, next: () => number): void => {
    for (let r = 0; r < m; r++) for (let i = 0; i < n; i++) floats[(from + r * row + i * step) / 4] = next()
  }
  fill(left, rows, terms, () => (random() < at.density ? random() - 0.4 : 0))
  fill(right, terms, columns, () => random() - 0.5)
  if (at.odd !== undefined && terms > 0) {
    const { row, step } = right
    floats[(atRight + (at.seed % terms) * row + (at.seed % columns) * step) / 4] = at.odd
  }
  for (let j = 0; j < columns; j++) floats[atBias / 4 + j] = random() - 0.5
  for (let i = 0; i < rows * columns; i++) floats[atResult / 4 + i] = random() - 0.5
  const number = ({ at: from, row, step }: Matrix, r: number, i: number): number =>
    floats[(from + r * row + i * step) / 4]!
  const expected = multiplyByDefinition({
    rows,
    columns,
    terms,
    left: (r, i) => number(left, r, i),
    right: (i, j) => number(right, i, j),
    start: (r, j) =>
      start === 'zero' ? 0 : start === 'bias' ? floats[atBias / 4 + j]! : floats[atResult / 4 + r * columns + j]!,
    ...(clamp === undefined ? {} : { clamp }),
  })
  const after = atResult / 4 + rows * columns
  floats.fill(7, after, after + 64)
  const bytes = new Uint8Array(sharedMemory.buffer)
  bytes.set(new Uint8Array(memory.buffer, 0, atScratch))
  const product = {
    rows,
    columns,
    terms,
    left,
    right,
    result: { at: atResult, row: 4 * columns },
    ...(start === 'bias' ? { bias: atBias } : {}),
    accumulated: start === 'result',
    ...(clamp === undefined ? {} : { clamp }),
  }
  alone.multiply(product, atScratch)
  together.multiply(product, atScratch)
  const [one, three] = [memory, sharedMemory].map(({ buffer }) =>
    Buffer.from(buffer, atResult, 4 * after + 256 - atResult),
  )
  expect(Buffer.compare(three!, one!)).toBe(0)
  expect(floats.slice(after, after + 64).every((x) => x === 7)).toBe(true)
  const unsigned = (x: number): number => x + 0
  return { found: floats.slice(atResult / 4, after).map(unsigned), expected: expected.map(unsigned) }
}

function matrix(at: number, rows: number, columns: number, layout: Layout): Matrix {
  if (layout === 'columns') return { at, row: 4, step: 4 * rows }
  return { at, row: 4 * (columns + (layout === 'apart' ? 3 : 0)), step: 4 }
}

const layout = fc.constantFrom<Layout>('rows', 'columns', 'apart')
const cases = (side: number): fc.Arbitrary<Case> =>
  fc.record({
    rows: fc.integer({ min: 1, max: side }),
    columns: fc.integer({ min: 1, max: 2 * side }),
    terms: fc.integer({ min: 0, max: side }),
    left: layout,
    right: layout,
    density: fc.constantFrom(0, 0.1, 0.5, 1),
    start: fc.constantFrom('zero', 'bias', 'result'),
    clamp: fc.constantFrom<readonly [number, number] | undefined>(
      undefined,
      [0, Number.POSITIVE_INFINITY],
      [-0.25, 0.5],
    ),
    odd: fc.constant(undefined),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  })

describe('matrixProduct', () => {
  test.prop([cases(40)], { numRuns: 300 })('has the bits of the triple loop, however the matrices lie', (at) => {
    const { found, expected } = both(at)
    expect(found).toEqual(expected)
  })

  it.each([
    [130, 530, 60],
    [9, 40, 1100],
    [260, 70, 515],
    [3, 600, 520],
  ])('has them where a matrix takes several blocks: %d × %d by %d terms', (rows, columns, terms) => {
    for (const density of [0.2, 1]) {
      const layouts = { left: 'columns', right: 'rows', start: 'bias', clamp: [0, 6] } as const
      const { found, expected } = both({ rows, columns, terms, ...layouts, density, odd: undefined, seed: 5 })
      expect(found).toEqual(expected)
    }
  })

  test.prop([cases(40), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)])(
    'loses no 0·∞: zeros on the left meet what is not finite on the right',
    (at, odd) => {
      const { found, expected } = both({ ...at, odd })
      expect(found).toEqual(expected)
    },
  )

  it('passes on what is not finite on the left', () => {
    const floats = new Float32Array(memory.buffer)
    floats.set([Number.NaN, 0, Number.POSITIVE_INFINITY, 0], atLeft / 4)
    floats.fill(1, atRight / 4, atRight / 4 + 64)
    const strides = { row: 8, step: 4 }
    const right = { at: atRight, row: 128, step: 4 }
    const result = { at: atResult, row: 128 }
    alone.multiply({ rows: 2, columns: 32, terms: 2, left: { at: atLeft, ...strides }, right, result }, atScratch)
    expect([floats[atResult / 4], floats[atResult / 4 + 32]]).toEqual([Number.NaN, Number.POSITIVE_INFINITY])
  })

  it.each([
    ['one thread', memory, alone],
    ['three', sharedMemory, together],
  ] as const)('works in its scratch alone, on %s', (_, { buffer }, { bytesOfScratch }) => {
    const bytes = new Uint8Array(buffer)
    const end = atScratch + bytesOfScratch
    expect(end).toBeLessThan(bytes.length)
    bytes.fill(3, end, end + 4096)
    const sizes = { rows: 130, columns: 530, terms: 130 }
    const rest = { density: 0.6, start: 'zero', clamp: undefined, odd: undefined, seed: 3 } as const
    both({ ...sizes, ...rest, left: 'columns', right: 'columns' })
    expect(bytes.slice(end, end + 4096).every((byte) => byte === 3)).toBe(true)
  })
})
