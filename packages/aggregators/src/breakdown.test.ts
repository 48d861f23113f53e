import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator } from '@coherent-gradients/gradients'
import { onEachEngine } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect } from 'vitest'
import { average, columnsOf, norm } from './definition.test-support.ts'
import { aggregated, formedStack } from './hand-made-stack.test-support.ts'
import {
  chain,
  clipByNorm,
  clipRows,
  coherenceWeighting,
  coordinateMedian,
  geometricMedian,
  gradientAgreement,
  krum,
  mean,
  meanAroundMedian,
  meanOfMeans,
  medianOfMeans,
  rollingMean,
  rollingMedian,
  signAgreement,
  snrGate,
  trimmedMean,
  winsorizedMean,
} from './index.ts'

/** A rule for nine rows, how many of them may be anything, and how many, all alike, carry it away. */
interface Robust {
  readonly rule: Aggregator
  readonly bears: number
  readonly breaks: number
  /** How far from the other rows' mean it then may be, in lengths of the box that they lie in. */
  readonly within: number
}

const m = 9

const robust: readonly Robust[] = [
  { rule: winsorizedMean({ count: 2 }), bears: 2, breaks: 3, within: 1 },
  { rule: winsorizedMean({ percent: 25 }), bears: 2, breaks: 3, within: 1 },
  { rule: trimmedMean({ count: 2 }), bears: 2, breaks: 3, within: 1 },
  { rule: trimmedMean({ percent: 25 }), bears: 2, breaks: 3, within: 1 },
  { rule: coordinateMedian(), bears: 4, breaks: 5, within: 1 },
  { rule: medianOfMeans({ groups: m }), bears: 4, breaks: 5, within: 1 },
  { rule: meanAroundMedian({ count: 3 }), bears: 3, breaks: 4, within: 3 },
  { rule: meanAroundMedian({ count: 4 }), bears: 4, breaks: 5, within: 3 },
  // A point with fewer than half of the weights moves it by at most 2(m − b)/(m − 2b) of the others' distances.
  { rule: geometricMedian(), bears: 4, breaks: 5, within: 10 },
  { rule: krum({ byzantine: 3 }), bears: 3, breaks: 6, within: 6 },
  { rule: krum({ byzantine: 2, keep: 4 }), bears: 2, breaks: 6, within: 6 },
]

const fragile: readonly Aggregator[] = [
  mean(),
  meanOfMeans({ groups: m }),
  winsorizedMean({ count: 0 }),
  trimmedMean({ count: 0 }),
  signAgreement({ threshold: 1 }),
  gradientAgreement({ threshold: 1 }),
  coherenceWeighting(),
]

/** Nine rows of four numbers between −1 and 1. */
const honestRows = fc.array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
  minLength: m,
  maxLength: m,
})
const direction = fc.array(fc.constantFrom(-1, 1), { minLength: 4, maxLength: 4 })

async function run(rule: Aggregator, rows: readonly number[][]): Promise<number[]> {
  const stack = formedStack(rows)
  const result = await aggregated(rule, stack)
  stack.dispose()
  return result
}

/** What a rule over one row a step gives in the last step. */
async function lastOf(rule: Aggregator, steps: readonly number[][]): Promise<number[]> {
  let state = rule.init([])
  let last: number[] = []
  for (const row of steps) {
    const stack = formedStack([row])
    const made = rule.aggregate(stack, state)
    last = [...(await Object.values(made.gradient)[0]!.data())]
    tf.dispose([state, made.gradient])
    state = made.state
    stack.dispose()
  }
  tf.dispose(state)
  return last
}

onEachEngine('breakdown', openEngine, () => {
  describe.each(robust)('$rule.name of nine rows', ({ rule, bears, breaks, within }) => {
    test.prop([honestRows, direction, fc.constantFrom(1e2, 1e5, 1e8), fc.boolean()], { numRuns: 20 })(
      `bears ${bears} rows of anything`,
      async (rows, sign, size, alike) => {
        const spoilt = rows.map((row, i) => (i < bears ? sign.map((s) => s * size * (alike ? 1 : i + 1)) : row))
        const honest = rows.slice(bears)
        const centre = columnsOf(honest).map(average)
        const box = norm(columnsOf(honest).map((column) => Math.max(...column) - Math.min(...column)))
        const result = await run(rule, spoilt)
        expect(norm(result.map((x, j) => x - centre[j]!))).toBeLessThanOrEqual(within * box + 1e-3)
      },
    )

    test(`goes with ${breaks} rows that agree`, async () => {
      const rows = Array.from({ length: m }, (_, i) =>
        [0, 1, 2, 3].map((j) => (i < breaks ? 1e8 : Math.sin(4 * i + j))),
      )
      expect(Math.min(...(await run(rule, rows)))).toBeGreaterThan(1e6)
    })
  })

  test.each(fragile)('$name goes with a single row', async (rule) => {
    const rows = Array.from({ length: m }, (_, i) => [1, 2, 3].map((x) => (i === m - 1 ? 1e8 * x : x)))
    expect(Math.min(...(await run(rule, rows)))).toBeGreaterThan(1e6)
  })

  test.prop([honestRows, direction, fc.constantFrom(1e2, 1e8), fc.nat(2)], { numRuns: 20 })(
    'RM3 bears one of the last three steps, and RA3 goes with it',
    async (rows, sign, size, spoilt) => {
      const steps = rows.slice(0, 3).map((row, i) => (i === spoilt ? sign.map((s) => s * size) : row))
      const [median, average3] = [await lastOf(rollingMedian(), steps), await lastOf(rollingMean(), steps)]
      for (const x of median) expect(Math.abs(x)).toBeLessThanOrEqual(1)
      for (const x of average3) expect(Math.abs(x)).toBeGreaterThan((size - 2) / 3 - 1)
    },
  )

  test('the gate follows a single row until the others are rounding beside it', async () => {
    const rowsWith = (size: number): number[][] =>
      Array.from({ length: m }, (_, i) => [1, 2, 3].map((x) => (i === m - 1 ? size * x : x)))
    expect(Math.min(...(await run(snrGate(), rowsWith(1e4))))).toBeGreaterThan(1e3)
    expect(await run(snrGate(), rowsWith(1e8))).toEqual([0, 0, 0])
  })

  test.prop([honestRows, direction, fc.constantFrom(1e2, 1e8), fc.integer({ min: 1, max: m - 1 })], { numRuns: 20 })(
    'rows clipped to c move their mean by at most 2c/m each',
    async (rows, sign, size, spoilt) => {
      const rule = chain(clipRows({ norm: 0.5 }), mean())
      const result = await run(
        rule,
        rows.map((row, i) => (i < spoilt ? sign.map((s) => s * size) : row)),
      )
      const without = await run(rule, rows)
      expect(norm(result.map((x, j) => x - without[j]!))).toBeLessThanOrEqual((2 * 0.5 * spoilt) / m + 1e-5)
    },
  )

  test.prop([honestRows, fc.constantFrom(1, 1e2, 1e8)], { numRuns: 20 })(
    'a clipped mean is no longer than its norm',
    async (rows, size) => {
      const result = await run(
        chain(mean(), clipByNorm({ norm: 0.5 })),
        rows.map((row) => row.map((x) => x * size)),
      )
      expect(norm(result)).toBeLessThanOrEqual(0.5 * (1 + 1e-5))
    },
  )
})
