import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator } from '@coherent-gradients/gradients'
import { kernelNames, registerKernels } from '@coherent-gradients/kernels/tfjs'
import { nastyStacks, nonFiniteStacks, rightOf, stacks, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { casesByCoordinate } from './by-coordinate.test-support.ts'
import { casesByRows } from './by-rows.test-support.ts'
import { columnsOf, norm, type Accepted, type Case, type Rows } from './definition.test-support.ts'
import { aggregated, contents, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, gradientAgreement, mean, medianOfMeans, signAgreement, winsorizedMean } from './index.ts'

/** Aggregates plain rows, and sees that no tensor stays behind and the stack stays as it was. */
async function run(aggregator: Aggregator, rows: Rows): Promise<number[]> {
  const before = tf.memory().numTensors
  const stack = formedStack(rows)
  const stackBefore = await contents(stack)
  const tensors = tf.memory().numTensors
  const result = await aggregated(aggregator, stack)
  expect(tf.memory().numTensors).toBe(tensors)
  expect(await contents(stack)).toEqual(stackBefore)
  stack.dispose()
  expect(tf.memory().numTensors).toBe(before)
  return result
}

/** How far products of whole rows may be off, as a share of the largest: some units of float32 and the rows' number. */
const noise = 4e-6

/**
 * Close to what is accepted: coordinate by coordinate to float32's last place, or to the rounding of a float32 sum over the
 * column; for rules by whole rows to the rounding of their products.
 */
function expectAccepted(
  result: readonly number[],
  accepted: Accepted,
  rows: Rows,
  { by, rounds, off: share = 2e-4 }: Case,
): void {
  const columns = columnsOf(rows)
  const least = tf.getBackend() === 'webgpu' ? 2 ** -126 : 2 ** -149 // a GPU may take subnormal numbers for 0
  const tolerances = (expected: readonly number[]): number[] => {
    if (by === 'rows') return columns.map(() => Math.max(share * Math.max(...rows.map(norm)), 1e-18))
    return columns.map((column, j) => {
      const largest = Math.max(...column.map(Math.abs))
      const tolerance = rounds
        ? largest * column.length * 2 ** -22
        : Math.abs(expected[j]!) * 2 ** -23 + largest * 1e-13
      return Math.max(tolerance, least)
    })
  }
  const off = (expected: readonly number[]): number[] => {
    const allowed = tolerances(expected)
    return expected.map((x, j) => Math.abs(result[j]! - x) / allowed[j]!)
  }
  if ('whole' in accepted) {
    expect(Math.min(...accepted.whole.map((expected) => Math.max(...off(expected))))).toBeLessThanOrEqual(1)
    return
  }
  const best = accepted.each.map((candidates, j) => {
    const ratios = candidates.map((x) => off(result.map((_, k) => (k === j ? x : 0)))[j]!)
    return Math.min(...ratios)
  })
  expect(Math.max(...best)).toBeLessThanOrEqual(1)
}

/** What is accepted, each number mapped. */
function mapped(accepted: Accepted, map: (x: number) => number): Accepted {
  const each = (lists: Rows): number[][] => lists.map((some) => some.map(map))
  return 'whole' in accepted ? { whole: each(accepted.whole) } : { each: each(accepted.each) }
}

/** Whether float32 can hold the squares of the rows' lengths, as rules by whole rows need it; or they all vanish. */
function squares(rows: Rows): 'fit' | 'overflow' | 'vanish' {
  const largest = Math.max(...rows.map((row) => norm(row) ** 2))
  if (largest * 4 * rows.length > 3.4e38) return 'overflow'
  return largest < 1e-30 ? 'vanish' : 'fit'
}

const rowsOf = (least: number): fc.Arbitrary<number[][]> =>
  stacks({ rows: { min: least, max: Math.max(least, 9) }, columns: 4 })

const ways = testEngines.flatMap((engine) => [
  { engine, by: 'what it has' },
  ...(engine === 'cpu' ? [{ engine, by: 'tfjs operations' }] : []),
])

describe.each(ways)('on $engine, by $by', ({ engine, by }) => {
  beforeAll(async () => {
    rightOf(await openEngine(engine)())
    if (engine === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false) // tfjs leaves small tensors to the CPU
    if (by === 'tfjs operations') for (const name of Object.values(kernelNames)) tf.unregisterKernel(name, 'cpu')
  })
  afterAll(() => {
    if (by === 'tfjs operations') registerKernels('cpu')
  })
  const kernels = engine !== 'webgpu' && by === 'what it has'
  const numRuns = 6 // of the same law for each rule and engine

  describe.each([...casesByCoordinate, ...casesByRows])('$name', (given) => {
    const { least, of, accepts, laws } = given
    const rule: Case = { ...given, rounds: given.rounds || !kernels }

    for (const { name, rows } of nastyStacks.filter((each) => each.rows.length >= least)) {
      const clips = /clip/.test(given.name)
      if (given.by === 'rows' && squares(rows) === 'overflow') {
        // Of clipping, the row's or the mean's length shows.
        if (clips) continue
        test(`refuses rows whose squared norm float32 can’t hold: ${name}`, () => {
          const stack = formedStack(rows)
          const before = tf.memory().numTensors
          expect(() => of(rows.length).aggregate(stack, {})).toThrow(
            /required squared norms that float32 can hold, found others in rows? \d/,
          )
          expect(tf.memory().numTensors).toBe(before)
          stack.dispose()
        })
        continue
      }
      test(`equals the definition: ${name}`, async () => {
        const result = await run(of(rows.length), rows)
        if (given.by === 'rows' && squares(rows) === 'vanish') {
          const largest = Math.max(...rows.flat().map(Math.abs))
          for (const x of result) expect(Math.abs(x)).toBeLessThanOrEqual(largest * (1 + 1e-6))
        } else expectAccepted(result, accepts(rows, noise), rows, rule)
      })
    }

    test.prop([rowsOf(least)], { numRuns })('equals the definition, and stays in its range', async (rows) => {
      const result = await run(of(rows.length), rows)
      expectAccepted(result, accepts(rows, noise), rows, rule)
      const nearest = columnsOf(rows).map((column, j) => {
        const bounds = laws.range === 'values' ? column : [0, ...column]
        return Math.min(Math.max(result[j]!, Math.min(...bounds)), Math.max(...bounds))
      })
      const slack = Math.max(...rows.flat().map(Math.abs)) * rows.length * 2 ** -21
      for (const [j, x] of nearest.entries()) expect(Math.abs(result[j]! - x)).toBeLessThanOrEqual(slack)
    })

    if (laws.order) {
      test.prop([rowsOf(least), fc.nat()], { numRuns })('does not see the order of the rows', async (rows, seed) => {
        const at = seed % rows.length
        const turned = [...rows.slice(at), ...rows.slice(0, at)].toReversed()
        expectAccepted(await run(of(rows.length), turned), accepts(rows, noise), rows, rule)
      })
    }

    if (laws.scale) {
      test.prop([rowsOf(least), fc.constantFrom(2 ** -10, 0.5, 2, 3, 1000)], { numRuns })(
        'scales with the rows',
        async (rows, scale) => {
          const scaled = rows.map((row) => row.map((x) => x * scale))
          const expected = mapped(accepts(rows, noise), (x) => x * scale)
          expectAccepted(await run(of(rows.length), scaled), expected, scaled, { ...rule, rounds: true })
        },
      )
    }

    if (laws.shift) {
      test.prop([rowsOf(least), fc.integer({ min: -1000, max: 1000 })], { numRuns })(
        'moves with the rows',
        async (rows, shift) => {
          const moved = rows.map((row) => row.map((x) => x + shift))
          const both = [...rows, ...moved]
          const size = Math.max(...both.map(norm)) / Math.max(1e-3, ...rows.map(norm))
          const expected = mapped(accepts(rows, noise * size ** 2), (x) => x + shift)
          expectAccepted(await run(of(rows.length), moved), expected, both, { ...rule, rounds: true })
        },
      )
    }

    if (laws.agree) {
      test.prop([stacks({ rows: 1 }), fc.integer({ min: Math.max(2, least), max: 9 })], { numRuns })(
        'is that row when all rows agree',
        async ([row], m) => {
          const rows = Array.from({ length: m }, () => row!)
          expectAccepted(await run(of(m), rows), { whole: [row!.map(Math.fround)] }, rows, rule)
        },
      )
    }

    test('works on a dense layer held in factors as on one that is formed', async () => {
      const activations = numbers(9, 5, 1).map((row) => row.map((x) => Math.max(x, 0)))
      const deltas = numbers(9, 3, 2)
      const factored = denseStack(activations, deltas, 'in factors')
      const formed = denseStack(activations, deltas, 'formed')
      const before = tf.memory().numTensors
      const [first, second] = [await aggregated(of(9), factored), await aggregated(of(9), formed)]
      if (given.by === 'rows') expect(first).toBeAllClose(second, { rtol: 1e-4, atol: 1e-5 })
      else if (given.rounds) expect(first).toBeAllClose(second, { rtol: 1e-6, atol: 1e-6 })
      else expect(first).toEqual(second)
      expect(tf.memory().numTensors).toBe(before)
      factored.dispose()
      formed.dispose()
    })

    // A chain has no name of its own in what it refuses.
    if (given.name.startsWith('chain')) return
    test('refuses too few rows and says what it found', () => {
      const stack = { ...formedStack([[1]]), rows: 0 }
      expect(() => of(3).aggregate(stack, {})).toThrow(/required (at least )?\d+ rows.*, found 0/)
      stack.dispose()
    })
  })

  test.prop([rowsOf(1)], { numRuns })('winsor 0 is the mean, to the bit', async (rows) => {
    expect(await run(winsorizedMean({ percent: 0 }), rows)).toEqual(await run(mean(), rows))
    expect(await run(winsorizedMean({ count: 0 }), rows)).toEqual(await run(mean(), rows))
    expect(await run(signAgreement({ threshold: 0 }), rows)).toEqual(await run(mean(), rows))
  })

  test.prop([rowsOf(1)], { numRuns })('winsor 50% is the median for odd m', async (rows) => {
    fc.pre(rows.length % 2 === 1)
    const [winsorized, median] = [await run(winsorizedMean({ percent: 50 }), rows), await run(coordinateMedian(), rows)]
    const largest = Math.max(...rows.flat().map(Math.abs))
    expect(winsorized).toBeAllClose(median, {
      rtol: 0,
      atol: kernels ? largest * 2 ** -23 : largest * rows.length * 2 ** -22,
    })
  })

  test.prop([stacks({ rows: 3 })], { numRuns })(
    'M3 is the median of three, and any k the median of k',
    async (rows) => {
      const positiveZero = (await run(medianOfMeans({ groups: 3 }), rows)).map((x) => x + 0)
      expect(positiveZero).toEqual((await run(coordinateMedian(), rows)).map((x) => x + 0))
      expect(positiveZero).toEqual((await run(coordinateMedian({ groups: 3 }), rows)).map((x) => x + 0))
    },
  )

  test('gradient agreement goes by the rows’ order, and gives 0 where none agrees with the first', async () => {
    const rows = [
      [1, 0],
      [-1, 0.1],
      [-1, -0.1],
    ]
    expect(await run(gradientAgreement({ threshold: 0.9 }), rows)).toEqual([0, 0])
    expect(await run(gradientAgreement({ threshold: 0.9 }), rows.toReversed())).toBeAllClose([-1, 0])
  })

  test.each([
    coordinateMedian,
    (options: { sliceBytes?: number }) => winsorizedMean({ count: 1, ...options }),
    (options: { sliceBytes?: number }) => signAgreement({ threshold: 0.5, ...options }),
  ])('gives the same whatever the size of a slice', async (make) => {
    const rows = numbers(5, 11, 3)
    for (const sliceBytes of [1, 48, 100])
      expect(await run(make({ sliceBytes }), rows)).toEqual(await run(make({}), rows))
  })

  if (kernels) {
    test.each(nonFiniteStacks)('refuses $name by row', ({ rows, firstBadRow }) => {
      const stack = formedStack(rows.map((row) => [...row, 0]))
      const before = tf.memory().numTensors
      expect(() => coordinateMedian().aggregate(stack, {})).toThrow(new RegExp(`row ${firstBadRow} of ${rows.length}`))
      expect(tf.memory().numTensors).toBe(before)
      stack.dispose()
    })
  }
})

/** Rows of numbers between −1 and 1 that are neither sorted nor round. */
function numbers(rows: number, columns: number, seed: number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => Math.sin(12.9898 * (i * columns + j + 1) * seed + seed)),
  )
}
