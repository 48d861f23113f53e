import { openEngine } from '@coherent-gradients/engine'
import type { Aggregator } from '@coherent-gradients/gradients'
import { percentileRanks } from '@coherent-gradients/kernels'
import { kernelNames } from '@coherent-gradients/kernels/tfjs'
import { nastyStacks, nonFiniteStacks, stacks, testEngines } from '@coherent-gradients/testkit'
import { fc, test } from '@fast-check/vitest'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect } from 'vitest'
import { aggregated, contents, denseStack, formedStack } from './hand-made-stack.test-support.ts'
import { coordinateMedian, mean, meanOfMeans, medianOfMeans, winsorizedMean } from './index.ts'

/** A rule, for stacks of m rows; what it gives for one sorted coordinate, in float64. */
interface Case {
  readonly name: string
  readonly least: number
  /** Whether the sum is a float32 one of the whole column, whose rounding follows the largest value. */
  readonly rounds: boolean
  of(m: number): Aggregator
  byDefinition(sorted: readonly number[]): number
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
const median = (sorted: readonly number[]): number =>
  (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
const clipped = (sorted: readonly number[], lower: number, upper: number): number =>
  average(sorted.map((x) => Math.min(Math.max(x, sorted[lower]!), sorted[upper]!)))

function percent(c: number): Case {
  return {
    name: `winsorizedMean({ percent: ${c} })`,
    least: 1,
    rounds: c < 50,
    of: () => winsorizedMean({ percent: c }),
    byDefinition: (sorted) => {
      const { lower, upper } = percentileRanks(c, sorted.length)
      return clipped(sorted, lower, upper)
    },
  }
}

function count(c: number): Case {
  return {
    name: `winsorizedMean({ count: ${c} })`,
    least: 2 * c + 1,
    rounds: c === 0,
    of: () => winsorizedMean({ count: c }),
    byDefinition: (sorted) => clipped(sorted, c, sorted.length - 1 - c),
  }
}

const cases: readonly Case[] = [
  { name: 'mean()', least: 1, rounds: true, of: () => mean(), byDefinition: average },
  { name: 'meanOfMeans()', least: 1, rounds: true, of: (m) => meanOfMeans({ groups: m }), byDefinition: average },
  ...[0, 8, 25, 50].map(percent),
  ...[0, 1, 2].map(count),
  { name: 'coordinateMedian()', least: 1, rounds: false, of: () => coordinateMedian(), byDefinition: median },
  {
    name: 'coordinateMedian({ sliceBytes: 1 })',
    least: 1,
    rounds: false,
    of: () => coordinateMedian({ sliceBytes: 1 }),
    byDefinition: median,
  },
  { name: 'medianOfMeans()', least: 1, rounds: false, of: (m) => medianOfMeans({ groups: m }), byDefinition: median },
]

type Rows = readonly (readonly number[])[]

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

const columnsOf = (rows: Rows): number[][] =>
  rows[0]!.map((_, j) => rows.map((row) => Math.fround(row[j]!)).toSorted((x, y) => x - y))

/** Close, coordinate by coordinate: to float32's last place, or to the rounding of a float32 sum over the column. */
function expectClose(
  result: readonly number[],
  expected: readonly number[],
  columns: number[][],
  rounds: boolean,
): void {
  const least = tf.getBackend() === 'webgpu' ? 2 ** -126 : 2 ** -149 // a GPU may take subnormal numbers for 0
  for (const [j, sorted] of columns.entries()) {
    const largest = Math.max(...sorted.map(Math.abs))
    const tolerance = rounds ? largest * sorted.length * 2 ** -23 : Math.abs(expected[j]!) * 2 ** -23 + largest * 1e-13
    expect(Math.abs(result[j]! - expected[j]!)).toBeLessThanOrEqual(Math.max(tolerance, least))
  }
}

const rowsOf = (least: number): fc.Arbitrary<number[][]> => stacks({ rows: { min: least, max: 12 }, columns: 4 })

const ways = testEngines.flatMap((engine) => [
  { engine, by: 'what it has' },
  ...(engine === 'cpu' ? [{ engine, by: 'tfjs operations' }] : []),
])

describe.each(ways)('on $engine, by $by', ({ engine, by }) => {
  beforeAll(async () => {
    const opened = await openEngine(engine)()
    if (opened._tag === 'Left') throw new Error(opened.left.message)
    if (engine === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false) // tfjs leaves small tensors to the CPU
    if (by === 'tfjs operations') for (const name of Object.values(kernelNames)) tf.unregisterKernel(name, 'cpu')
  })
  const kernels = engine !== 'webgpu' && by === 'what it has'
  const numRuns = engine === 'webgpu' ? 10 : 100

  describe.each(cases)('$name', ({ least, rounds: roundsAnyway, of, byDefinition }) => {
    const rounds = roundsAnyway || !kernels

    for (const nasty of nastyStacks.filter(({ rows }) => rows.length >= least)) {
      test(`equals the definition: ${nasty.name}`, async () => {
        const columns = columnsOf(nasty.rows)
        expectClose(await run(of(nasty.rows.length), nasty.rows), columns.map(byDefinition), columns, rounds)
      })
    }

    test.prop([rowsOf(least)], { numRuns })(
      'equals the definition, coordinate by coordinate, and stays in its range',
      async (rows) => {
        const columns = columnsOf(rows)
        const result = await run(of(rows.length), rows)
        expectClose(result, columns.map(byDefinition), columns, rounds)
        const nearest = columns.map((sorted, j) => Math.min(Math.max(result[j]!, sorted[0]!), sorted.at(-1)!))
        expectClose(result, nearest, columns, rounds)
      },
    )

    test.prop([rowsOf(least), fc.nat()], { numRuns })('does not see the order of the rows', async (rows, seed) => {
      const at = seed % rows.length
      const turned = [...rows.slice(at), ...rows.slice(0, at)].toReversed()
      expectClose(await run(of(rows.length), turned), await run(of(rows.length), rows), columnsOf(rows), rounds)
    })

    test.prop([rowsOf(least), fc.constantFrom(2 ** -20, 0.5, 2, 3, 1000)], { numRuns })(
      'scales with the rows',
      async (rows, scale) => {
        const scaled = rows.map((row) => row.map((x) => x * scale))
        const expected = (await run(of(rows.length), rows)).map((x) => x * scale)
        expectClose(await run(of(rows.length), scaled), expected, columnsOf(scaled), true)
      },
    )

    test.prop([rowsOf(least), fc.integer({ min: -1000, max: 1000 })], { numRuns })(
      'moves with the rows',
      async (rows, shift) => {
        const moved = rows.map((row) => row.map((x) => x + shift))
        const columns = columnsOf([...rows, ...moved])
        expectClose(
          await run(of(rows.length), moved),
          (await run(of(rows.length), rows)).map((x) => x + shift),
          columns,
          true,
        )
      },
    )

    test.prop([stacks({ rows: 1 }), fc.integer({ min: least, max: 9 })], { numRuns })(
      'is that row when all rows agree',
      async ([row], m) => {
        const rows = Array.from({ length: m }, () => row!)
        expectClose(await run(of(m), rows), row!.map(Math.fround), columnsOf(rows), rounds)
      },
    )

    test('works on a dense layer held in factors as on one that is formed', async () => {
      const activations = numbers(9, 5, 1).map((row) => row.map((x) => Math.max(x, 0)))
      const deltas = numbers(9, 3, 2)
      const factored = denseStack(activations, deltas, 'in factors')
      const formed = denseStack(activations, deltas, 'formed')
      const before = tf.memory().numTensors
      expect(await aggregated(of(9), factored)).toEqual(await aggregated(of(9), formed))
      expect(tf.memory().numTensors).toBe(before)
      factored.dispose()
      formed.dispose()
    })

    test('refuses too few rows and says what it found', () => {
      const stack = { ...formedStack([[1]]), rows: 0 }
      expect(() => of(3).aggregate(stack, {})).toThrow(/required (at least )?\d+ rows.*, found 0/)
      stack.dispose()
    })
  })

  test.prop([rowsOf(1)], { numRuns })('winsor 0 is the mean, to the bit', async (rows) => {
    expect(await run(winsorizedMean({ percent: 0 }), rows)).toEqual(await run(mean(), rows))
    expect(await run(winsorizedMean({ count: 0 }), rows)).toEqual(await run(mean(), rows))
  })

  test.prop([rowsOf(1)], { numRuns })('winsor 50% is the median for odd m', async (rows) => {
    fc.pre(rows.length % 2 === 1)
    expectClose(
      await run(winsorizedMean({ percent: 50 }), rows),
      await run(coordinateMedian(), rows),
      columnsOf(rows),
      !kernels,
    )
  })

  test.prop([stacks({ rows: 3 })], { numRuns })(
    'M3 is the median of three, and any k the median of k',
    async (rows) => {
      const positiveZero = (await run(medianOfMeans({ groups: 3 }), rows)).map((x) => x + 0)
      expect(positiveZero).toEqual((await run(coordinateMedian(), rows)).map((x) => x + 0))
    },
  )

  test.each([coordinateMedian, (options: { sliceBytes?: number }) => winsorizedMean({ count: 1, ...options })])(
    'gives the same whatever the size of a slice',
    async (make) => {
      const rows = numbers(5, 11, 3)
      for (const sliceBytes of [1, 48, 100])
        expect(await run(make({ sliceBytes }), rows)).toEqual(await run(make({}), rows))
    },
  )

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
