import { fc, test } from '@fast-check/vitest'
import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect } from 'vitest'
import { factoredLayer, generator } from './mnist-layers.test-support.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'
import {
  coordinateMedianOfFactors,
  coordinateMedianOfRows,
  openOrderStatistics,
  trimmedMeanOfFactors,
  trimmedMeanOfRows,
  winsorizedMeanOfFactors,
  winsorizedMeanOfRows,
  type Ranks,
} from './index.ts'

const opened = [1, 2, 3].map((threads) => openOrderStatistics({ threads, leastValues: 0 }))
afterAll(() => opened.forEach((each) => each.close()))

const plain = { winsorizedMeanOfRows, winsorizedMeanOfFactors, trimmedMeanOfRows, trimmedMeanOfFactors }
const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length)

/** Numbers that ask for trouble: ties, both zeros, the smallest, and sizes whose products still are float32. */
const nasty = [0, -0, 1, -1, 2, -2, 0.5, 3, 2 ** -149, -(2 ** -149), 1e-30, -1e-22, 1e-40, 1e18, -1e18, 7e17, 0.1, -0.3]

/** How the numbers of a stack come about: the share of zeros, of negative ones, and of nasty ones. */
const pattern = fc.record({
  seed: fc.nat(1e6),
  zeros: fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
  negative: fc.constantFrom(0, 0, 0.02, 0.5, 1),
  nasty: fc.constantFrom(0, 0, 0.3, 1),
})

function numbers(size: number, { seed, ...share }: { seed: number; zeros: number; negative: number; nasty: number }) {
  const next = generator(seed)
  return Float32Array.from({ length: size }, () => {
    if (next() < share.zeros) return next() < 0.5 ? 0 : -0
    const value = next() < share.nasty ? Math.abs(nasty[Math.floor(next() * nasty.length)]!) : next()
    return next() < share.negative ? -value : value
  })
}

const ranks = (rows: number): fc.Arbitrary<Ranks> =>
  fc
    .tuple(fc.nat(rows - 1), fc.nat(rows - 1), fc.constantFrom('any', 'even', 'median', 'one', 'nothing'), fc.nat(20))
    .map(([a, b, kind, c]) => {
      const clipped = Math.min(c, (rows - 1) >> 1)
      if (kind === 'even') return { lower: clipped, upper: rows - 1 - clipped }
      if (kind === 'median') return { lower: (rows - 1) >> 1, upper: rows >> 1 }
      if (kind === 'one') return { lower: a, upper: a }
      if (kind === 'nothing') return { lower: 0, upper: rows - 1 }
      return { lower: Math.min(a, b), upper: Math.max(a, b) }
    })

const factored: fc.Arbitrary<[FactoredRows, Ranks]> = fc
  .record({
    rows: fc.integer({ min: 1, max: 130 }),
    inputs: fc.integer({ min: 0, max: 13 }),
    outputs: fc.integer({ min: 0, max: 9 }),
    a: pattern,
    b: pattern,
  })
  .chain(({ rows, inputs, outputs, a, b }) =>
    fc.tuple(
      fc.constant({
        activations: numbers(rows * inputs, a),
        deltas: numbers(rows * outputs, { ...b, negative: Math.max(b.negative, 0.1) }),
        rows,
        inputs,
        outputs,
      }),
      ranks(rows),
    ),
  )

const formed: fc.Arbitrary<[FormedRows, Ranks]> = fc
  .record({ rows: fc.integer({ min: 1, max: 130 }), columns: fc.integer({ min: 0, max: 70 }), a: pattern })
  .chain(({ rows, columns, a }) =>
    fc.tuple(fc.constant({ values: numbers(rows * columns, a), rows, columns }), ranks(rows)),
  )

describe('openOrderStatistics', () => {
  test.prop([factored], { numRuns: 300 })('gives the bits of the plain kernels over factors', ([stack, at]) => {
    for (const each of opened) {
      for (const name of ['winsorizedMeanOfFactors', 'trimmedMeanOfFactors'] as const) {
        expect(bits(each[name](stack, at)), `${name}, ${each.description}`).toEqual(bits(plain[name](stack, at)))
      }
    }
  })

  test('gives the bits of the plain kernels for many rows and for the largest numbers', () => {
    for (const [rows, scale] of [
      [249, 1],
      [600, 1],
      [100, 1.5e19],
      [300, 1.8e19],
    ] as const) {
      const { activations, deltas, ...size } = factoredLayer(rows, 9, 6, { activations: 0.8, deltas: 0.9 })
      const stack = { ...size, activations: activations.map((x) => x * scale), deltas: deltas.map((x) => x * scale) }
      for (const c of [0, 1, 8, 40]) {
        const at = { lower: c, upper: rows - 1 - c }
        for (const each of opened) {
          expect(bits(each.winsorizedMeanOfFactors(stack, at))).toEqual(bits(winsorizedMeanOfFactors(stack, at)))
        }
      }
    }
  })

  test.prop([formed], { numRuns: 300 })('gives the bits of the plain kernels over formed rows', ([stack, at]) => {
    for (const each of opened) {
      for (const name of ['winsorizedMeanOfRows', 'trimmedMeanOfRows'] as const) {
        expect(bits(each[name](stack, at)), `${name}, ${each.description}`).toEqual(bits(plain[name](stack, at)))
      }
    }
  })

  test.prop([factored, formed])('gives the bits of the plain medians', ([factors], [rows]) => {
    for (const each of opened) {
      expect(bits(each.coordinateMedianOfFactors(factors))).toEqual(bits(coordinateMedianOfFactors(factors)))
      expect(bits(each.coordinateMedianOfRows(rows))).toEqual(bits(coordinateMedianOfRows(rows)))
    }
  })

  test.each([0, 0.5])('gives the bits of the plain kernels for a layer of %d negative activations', (negative) => {
    const share = { seed: 5, zeros: 0.5, negative, nasty: 0 }
    for (const [rows, c] of [
      [100, 8],
      [100, 4],
      [64, 1],
      [300, 40],
      [130, 12],
    ] as const) {
      const layer = factoredLayer(rows, 70, 21, { activations: 1, deltas: 0.6 }, rows)
      const stack = { ...layer, activations: numbers(rows * 70, share) }
      const at = { lower: c, upper: rows - 1 - c }
      const expected = bits(winsorizedMeanOfFactors(stack, at))
      for (const each of opened) expect(bits(each.winsorizedMeanOfFactors(stack, at))).toEqual(expected)
    }
  })

  test.each([NaN, Infinity, -Infinity])('refuses %d and names its row, also beside zeros', (value) => {
    for (const { winsorizedMeanOfFactors: ofFactors, trimmedMeanOfRows: ofRows } of opened) {
      for (const at of [0, 6, 12]) {
        const values = new Float32Array(39)
        values[13 + at] = value
        const zeros = new Float32Array(39)
        const found = /: required finite values, found .* in row 1 of 3/
        const bounds = { lower: 1, upper: 1 }
        expect(() => ofRows({ values, rows: 3, columns: 13 }, bounds)).toThrow(found)
        const sizes = { rows: 3, inputs: 13, outputs: 13 }
        expect(() => ofFactors({ activations: zeros, deltas: values, ...sizes }, bounds)).toThrow(found)
        expect(() => ofFactors({ activations: values, deltas: zeros, ...sizes }, bounds)).toThrow(found)
      }
    }
  })

  test('refuses a product that float32 cannot hold', () => {
    const stack = { activations: Float32Array.of(1e20), deltas: Float32Array.of(1e20), rows: 1, inputs: 1, outputs: 1 }
    for (const each of opened) {
      expect(() => each.winsorizedMeanOfFactors(stack, { lower: 0, upper: 0 })).toThrow(/which float32 cannot hold/)
    }
  })

  test('says what it required and found', () => {
    expect(() => openOrderStatistics({ threads: 0 })).toThrow(/required a whole number of threads ≥ 1, found 0/)
    const stack = { values: Float32Array.of(1, 2), rows: 2, columns: 1 }
    expect(() => opened[0]!.winsorizedMeanOfRows(stack, { lower: 1, upper: 0 })).toThrow(/required ranks/)
    expect(() => opened[0]!.winsorizedMeanOfRows({ ...stack, columns: 2 }, { lower: 0, upper: 1 })).toThrow(
      /required 2 × 2 values, found 2/,
    )
    expect(() => opened[0]!.coordinateMedianOfRows({ values: new Float32Array(0), rows: 0, columns: 1 })).toThrow(
      /required a whole number of rows ≥ 1, found 0/,
    )
    expect(opened.map((each) => each.description)).toEqual(['1 thread', '2 threads', '3 threads'])
  })

  test.each([1, 2])('says so where its memory cannot grow, and goes on with less (%d threads)', (threads) => {
    const small = openOrderStatistics({ threads, maximumBytes: 2 ** 20 })
    const at = { lower: 1, upper: 1 }
    const stack = { values: new Float32Array(3e6), rows: 3, columns: 1e6 }
    expect(() => small.trimmedMeanOfRows(stack, at)).toThrow(
      /required a memory of [\d,]+ KiB, found that it holds [\d,]+ KiB and can grow to 1,024 KiB at most/,
    )
    expect(small.trimmedMeanOfRows({ values: Float32Array.of(1, 2, 90), rows: 3, columns: 1 }, at)).toEqual(
      Float32Array.of(2),
    )
    small.close()
  })

  test('tells a memory that is a page too small from the one that is needed', () => {
    const small = openOrderStatistics({ threads: 1, maximumBytes: 2 ** 17 })
    const stack = { values: new Float32Array(3e4), rows: 3, columns: 1e4 }
    expect(() => small.coordinateMedianOfRows(stack)).toThrow(
      /required a memory of 192 KiB, found that it holds 64 KiB and can grow to 128 KiB at most/,
    )
    small.close()
  })

  test('goes on after it was closed', () => {
    const each = openOrderStatistics({ threads: 2, leastValues: 0 })
    const stack = { values: Float32Array.from({ length: 300 }, (_, i) => i), rows: 3, columns: 100 }
    const before = each.trimmedMeanOfRows(stack, { lower: 1, upper: 1 })
    each.close()
    each.close()
    expect(each.trimmedMeanOfRows(stack, { lower: 1, upper: 1 })).toEqual(before)
    each.close()
  })

  test('keeps no process alive', () => {
    const script = `
      import { openOrderStatistics } from '@coherent-gradients/kernels'
      const each = openOrderStatistics({ threads: 3, leastValues: 0 })
      const values = Float32Array.from({ length: 3000 }, (_, i) => i)
      console.log(each.trimmedMeanOfRows({ values, rows: 3, columns: 1000 }, { lower: 1, upper: 1 })[0])`
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script]
    const ended = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
    expect([ended.stderr, ended.stdout, ended.status]).toEqual(['', '1000\n', 0])
  }, 60_000)
})
