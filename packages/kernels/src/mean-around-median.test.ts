import { nastyStacks, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { afterAll, describe, expect } from 'vitest'
import { formedRows, sortedColumns } from './by-definition.test-support.ts'
import {
  coordinateMedianOfRows,
  meanAroundMedianOfFactors,
  meanAroundMedianOfRows,
  openOrderStatistics,
  trimmedMeanOfRows,
} from './index.ts'
import { factoredLayer, formed, generator } from './mnist-layers.test-support.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'

const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length)

const opened = [1, 2].map((threads) => openOrderStatistics({ threads, leastValues: 0 }))
afterAll(() => opened.forEach((each) => each.close()))

/** Leaves out one value at a time, the one that is farthest from the median, of two the higher. */
function byDefinition(stack: FormedRows, dropped: number): number[] {
  return sortedColumns(stack).map((sorted) => {
    const middle = sorted[(sorted.length - 1) >> 1]! / 2 + sorted[sorted.length >> 1]! / 2
    const left = [...sorted]
    for (let k = 0; k < dropped; k++) {
      if (left.at(-1)! - middle >= middle - left[0]!) left.pop()
      else left.shift()
    }
    return left.reduce((sum, x) => sum + x, 0) / left.length
  })
}

const numbersOf = (size: number, zeros: number, negative: number, next: () => number): Float32Array =>
  Float32Array.from({ length: size }, () => {
    if (next() < zeros) return 0
    const value = next() < 0.3 ? Math.ceil(3 * next()) : next()
    return next() < negative ? -value : value
  })

const layers: fc.Arbitrary<[FactoredRows, number]> = fc
  .record({
    rows: fc.integer({ min: 1, max: 130 }),
    inputs: fc.integer({ min: 0, max: 13 }),
    outputs: fc.integer({ min: 0, max: 6 }),
    zeros: fc.constantFrom(0, 0.3, 0.6, 1),
    negative: fc.constantFrom(0, 0.02, 0.5),
    seed: fc.nat(1e6),
    dropped: fc.nat(),
  })
  .map(({ rows, inputs, outputs, zeros, negative, seed, dropped }) => {
    const next = generator(seed)
    const activations = numbersOf(rows * inputs, zeros, negative, next)
    const deltas = numbersOf(rows * outputs, zeros / 2, 0.5, next)
    return [{ activations, deltas, rows, inputs, outputs }, dropped % Math.ceil(rows / 2)]
  })

describe('mean around the median', () => {
  for (const nasty of nastyStacks) {
    test(`equals the definition: ${nasty.name}`, () => {
      const stack = formedRows(nasty.rows)
      for (let dropped = 0; 2 * dropped < stack.rows; dropped++) {
        const expected = byDefinition(stack, dropped)
        const largest = Math.max(...expected.map(Math.abs))
        expect(meanAroundMedianOfRows(stack, dropped)).toBeAllClose(expected, {
          rtol: 1e-7,
          atol: Math.max(largest * 1e-14, 2 ** -149),
        })
      }
    })
  }

  test.prop([stacks({ rows: { min: 1, max: 40 }, columns: { min: 1, max: 5 } }), fc.nat()])(
    'equals the definition',
    (rows, seed) => {
      const stack = formedRows(rows)
      const dropped = seed % Math.ceil(rows.length / 2)
      const size = Math.max(...rows.flat().map(Math.abs))
      expect(meanAroundMedianOfRows(stack, dropped)).toBeAllClose(byDefinition(stack, dropped), {
        rtol: 1e-6,
        atol: size * 1e-12,
      })
    },
  )

  test.prop([layers])('gives the same bits over factors, in SIMD and on threads', ([layer, dropped]) => {
    const rows = formed(layer)
    const expected = bits(meanAroundMedianOfRows(rows, dropped))
    expect(bits(meanAroundMedianOfFactors(layer, dropped))).toEqual(expected)
    for (const each of opened) {
      expect(bits(each.meanAroundMedianOfRows(rows, dropped))).toEqual(expected)
      expect(bits(each.meanAroundMedianOfFactors(layer, dropped))).toEqual(expected)
    }
  })

  test('leaves out nothing, or all but the middle', () => {
    const stack = formed(factoredLayer(9, 5, 4, { activations: 0.5, deltas: 0.7 }, 1))
    expect(meanAroundMedianOfRows(stack, 0)).toBeAllClose(trimmedMeanOfRows(stack, { lower: 0, upper: 8 }), {
      rtol: 1e-6,
    })
    const three = { values: Float32Array.of(5, -1, 3), rows: 3, columns: 1 }
    expect(meanAroundMedianOfRows(three, 1)[0]).toBe(4)
    expect(coordinateMedianOfRows(three)[0]).toBe(3)
  })

  test.each([-1, 2, 1.5, Number.NaN])('refuses to leave out %d of four', (dropped) => {
    const stack = formedRows([[1], [2], [3], [4]])
    for (const leaveOut of [meanAroundMedianOfRows, opened[0]!.meanAroundMedianOfRows]) {
      expect(() => leaveOut(stack, dropped)).toThrow(
        `meanAroundMedian: required less than half of 4 rows to leave out, found ${dropped}`,
      )
    }
  })

  test('refuses a row that is not finite', () => {
    const stack = formedRows([[1], [NaN], [3]])
    for (const leaveOut of [meanAroundMedianOfRows, opened[0]!.meanAroundMedianOfRows]) {
      expect(() => leaveOut(stack, 1)).toThrow(/meanAroundMedian: required finite values, found NaN in row 1 of 3/)
    }
  })
})
