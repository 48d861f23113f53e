import { nastyStacks, nonFiniteStacks, stacks } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { formedRows, trimmedByDefinition, winsorizedByDefinition } from './by-definition.test-support.ts'
import { factoredLayer, formed, generator } from './mnist-layers.test-support.ts'
import type { FactoredRows } from './factored-rows.ts'
import type { FormedRows } from './formed-rows.ts'
import {
  coordinateMedianOfFactors,
  coordinateMedianOfRows,
  medianRanks,
  percentileRanks,
  trimmedMeanOfFactors,
  trimmedMeanOfRows,
  winsorizedMeanOfFactors,
  winsorizedMeanOfRows,
  type Ranks,
} from './index.ts'

/** `off`: how far from its definition, as a share of a column's larger bound, before it is rounded. */
const statistics = [
  {
    name: 'winsorizedMean',
    ofRows: winsorizedMeanOfRows,
    ofFactors: winsorizedMeanOfFactors,
    twin: winsorizedByDefinition,
    off: 2 ** -23,
  },
  {
    name: 'trimmedMean',
    ofRows: trimmedMeanOfRows,
    ofFactors: trimmedMeanOfFactors,
    twin: trimmedByDefinition,
    off: 1e-14,
  },
]

/** Every pair of ranks, or a sample of them for many rows. */
function ranksOf(rows: number): Ranks[] {
  const at = [...new Set([0, 1, 2, (rows - 1) >> 1, rows >> 1, rows - 2, rows - 1])].filter((r) => r >= 0 && r < rows)
  return at.flatMap((lower) => at.filter((upper) => upper >= lower).map((upper) => ({ lower, upper })))
}

const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length)

describe.each(statistics)('$name', ({ name, ofRows, ofFactors, twin, off }) => {
  function checkAgainstDefinition(stack: FormedRows, ranks: Ranks): void {
    const expected = twin(stack, ranks)
    const least = twin(stack, { lower: ranks.lower, upper: ranks.lower })
    const most = twin(stack, { lower: ranks.upper, upper: ranks.upper })
    for (const [j, found] of ofRows(stack, ranks).entries()) {
      const bound = Math.max(Math.abs(least[j]!), Math.abs(most[j]!))
      const allowed = 2 ** -24 * (1 + 1e-6) * Math.abs(expected[j]!) + bound * off + 2 ** -149
      expect(Math.abs(found - expected[j]!), `column ${j}`).toBeLessThanOrEqual(allowed)
      expect(found).toBeGreaterThanOrEqual(least[j]!)
      expect(found).toBeLessThanOrEqual(most[j]!)
    }
  }

  for (const nasty of nastyStacks) {
    test(`equals the definition: ${nasty.name}`, () => {
      const stack = formedRows(nasty.rows)
      for (const ranks of ranksOf(stack.rows)) checkAgainstDefinition(stack, ranks)
    })
  }

  test.prop([stacks({ rows: { min: 1, max: 40 }, columns: { min: 1, max: 5 } }), fc.nat(), fc.nat()])(
    'equals the definition for any ranks',
    (rows, a, b) => {
      const [lower, upper] = [a % rows.length, b % rows.length].toSorted((x, y) => x - y) as [number, number]
      checkAgainstDefinition(formedRows(rows), { lower, upper })
    },
  )

  test('equals the definition over many columns, with few zeros and with many', () => {
    for (const [seed, density] of [1, 0.5, 0.1].entries()) {
      const stack = formed(factoredLayer(100, 30, 7, { activations: density, deltas: 0.7 }, seed))
      for (const c of [1, 8, 20, 45]) checkAgainstDefinition(stack, { lower: c, upper: 99 - c })
      checkAgainstDefinition(stack, { lower: 3, upper: 40 })
      checkAgainstDefinition(stack, { lower: 97, upper: 98 })
    }
  })

  test.prop([
    fc.integer({ min: 1, max: 70 }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom(0, 0.2, 0.5, 1),
    fc.constantFrom(0, 0.5, 1),
    fc.constantFrom(1, 1e-30, 1e-22, 1e18),
    fc.nat(1000),
  ])(
    'gives the same bits over factors as over the rows that they stand for',
    (m, d, p, dense, denseDeltas, scale, seed) => {
      const layer = signed(factoredLayer(m, d, p, { activations: dense, deltas: denseDeltas }, seed), scale, seed)
      const rows = formed(layer)
      for (const ranks of ranksOf(m)) expect(bits(ofFactors(layer, ranks))).toEqual(bits(ofRows(rows, ranks)))
    },
  )

  test.prop([stacks({ rows: { min: 1, max: 12 } }), fc.nat(), fc.nat()])(
    'does not see the order of the rows',
    (rows, a, b) => {
      const [lower, upper] = [a % rows.length, b % rows.length].toSorted((x, y) => x - y) as [number, number]
      const largest = Math.max(...rows.flat().map(Math.abs))
      const turned = ofRows(formedRows(rows.toReversed()), { lower, upper })
      expect(turned).toBeAllClose(ofRows(formedRows(rows), { lower, upper }), { rtol: 2e-7, atol: largest * 1e-14 })
      if (name === 'winsorizedMean') expect(turned).toEqual(ofRows(formedRows(rows), { lower, upper }))
    },
  )

  test('equals the definition for the largest numbers that there are', () => {
    for (const scale of [2 ** 126, 2 ** 127]) {
      const stack = formedRows([1.9, 1.5, 1, 0.5, 2 ** -20, 0, -0.3, -1.2, -1.99].map((x) => [x * scale]))
      for (const ranks of ranksOf(stack.rows)) checkAgainstDefinition(stack, ranks)
    }
  })

  test('never adds up what is clipped away', () => {
    const stack = formedRows([[1e30], [3], [1], [2], [-1e30]])
    expect(ofRows(stack, { lower: 1, upper: 3 })).toEqual(Float32Array.of(2))
  })

  test('gives a zero without a sign', () => {
    expect(Object.is(ofRows(formedRows([[-0], [-0]]), { lower: 0, upper: 1 })[0], 0)).toBe(true)
    expect(Object.is(ofRows(formedRows([[-(2 ** -149)], [-0], [0]]), { lower: 0, upper: 2 })[0], 0)).toBe(true)
  })

  for (const nasty of nonFiniteStacks) {
    test(`refuses ${nasty.name} and names the row`, () => {
      const stack = formedRows(nasty.rows)
      const refusal = new RegExp(
        `${name}: required finite values, found .* in row ${nasty.firstBadRow} of ${stack.rows}`,
      )
      expect(() => ofRows(stack, { lower: 0, upper: 0 })).toThrow(refusal)
      const factors = { rows: stack.rows, inputs: 1, outputs: stack.columns, deltas: stack.values }
      const zeros = { ...factors, activations: new Float32Array(stack.rows) }
      expect(() => ofFactors(zeros, { lower: 0, upper: 0 })).toThrow(refusal)
      expect(() =>
        ofFactors(
          { ...zeros, deltas: zeros.activations, outputs: 1, activations: stack.values, inputs: stack.columns },
          { lower: 0, upper: 0 },
        ),
      ).toThrow(refusal)
    })
  }

  test('refuses a product that float32 cannot hold, as the formed rows would be refused', () => {
    const layer = {
      activations: Float32Array.of(1, 1e20),
      deltas: Float32Array.of(1, -1e20),
      rows: 2,
      inputs: 1,
      outputs: 1,
    }
    expect(() => ofFactors(layer, { lower: 0, upper: 1 })).toThrow(/row 1 of 2/)
    expect(() => ofRows(formed(layer), { lower: 0, upper: 1 })).toThrow(/row 1 of 2/)
  })

  test('says what it required and found', () => {
    const stack = formedRows([[1], [2]])
    expect(() => ofRows(stack, { lower: 0, upper: 2 })).toThrow(
      /required ranks 0 ≤ lower ≤ upper < 2, found lower 0, upper 2/,
    )
    expect(() => ofRows(stack, { lower: 1, upper: 0 })).toThrow(RangeError)
    expect(() => ofRows(stack, { lower: 0.5, upper: 1 })).toThrow(RangeError)
    expect(() => ofRows({ ...stack, columns: 2 }, { lower: 0, upper: 1 })).toThrow(/required 2 × 2 values, found 2/)
    expect(() => ofRows({ values: new Float32Array(0), rows: 0, columns: 0 }, { lower: 0, upper: 0 })).toThrow(
      /found 0/,
    )
  })

  test('leaves its input as it was', () => {
    const layer = factoredLayer(20, 4, 3, { activations: 0.5, deltas: 1 })
    const before = structuredClone(layer)
    ofFactors(layer, { lower: 2, upper: 17 })
    expect(layer).toEqual(before)
  })
})

describe('coordinateMedian', () => {
  test('is the middle value, or the mean of the two middle ones', () => {
    expect(coordinateMedianOfRows(formedRows([[3], [1], [2]]))).toEqual(Float32Array.of(2))
    expect(coordinateMedianOfRows(formedRows([[3], [1], [2], [90]]))).toEqual(Float32Array.of(2.5))
    const layer = {
      activations: Float32Array.of(1, 1, 2),
      deltas: Float32Array.of(1, 2, 45),
      rows: 3,
      inputs: 1,
      outputs: 1,
    }
    expect(coordinateMedianOfFactors(layer)).toEqual(Float32Array.of(2))
  })

  test.prop([stacks({ rows: { min: 1, max: 9 } })])('is the winsorized mean at 50 percent for odd m', (rows) => {
    fc.pre(rows.length % 2 === 1)
    const stack = formedRows(rows)
    expect(winsorizedMeanOfRows(stack, percentileRanks(50, rows.length))).toEqual(coordinateMedianOfRows(stack))
    expect(winsorizedMeanOfRows(stack, medianRanks(rows.length))).toEqual(coordinateMedianOfRows(stack))
  })
})

/** Random signs and a scale on the activations, so that products of every kind come up, too small ones included. */
function signed(layer: FactoredRows, scale: number, seed: number): FactoredRows {
  const next = generator(seed + 1)
  const scaled = (values: Float32Array): Float32Array => values.map((value) => value * scale * (next() < 0.5 ? -1 : 1))
  return { ...layer, activations: scaled(layer.activations), deltas: scaled(layer.deltas) }
}
