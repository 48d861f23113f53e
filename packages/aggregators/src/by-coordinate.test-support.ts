import { percentileRanks } from '@coherent-gradients/kernels'
import {
  all,
  ascending,
  average,
  columnsOf,
  gated,
  type Accepted,
  type Case,
  type Rows,
} from './definition.test-support.ts'
import {
  coordinateMedian,
  mean,
  meanAroundMedian,
  meanOfMeans,
  medianOfMeans,
  signAgreement,
  snrGate,
  trimmedMean,
  winsorizedMean,
} from './index.ts'

const ofSorted =
  (statistic: (sorted: readonly number[]) => number) =>
  (rows: Rows): Accepted => ({ each: columnsOf(rows).map((column) => [statistic(ascending(column))]) })

const between = (sorted: readonly number[], lower: number, upper: number): number =>
  average(sorted.slice(lower, upper + 1))
const clipped = (sorted: readonly number[], lower: number, upper: number): number =>
  average(sorted.map((x) => Math.min(Math.max(x, sorted[lower]!), sorted[upper]!)))
const median = (sorted: readonly number[]): number =>
  (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2

const percents = ([0, 8, 25, 50] as const).flatMap((percent): Case[] => {
  const reach = (m: number): [number, number] => {
    const { lower, upper } = percentileRanks(percent, m)
    return [lower, upper]
  }
  const common = { least: 1, by: 'coordinate', rounds: percent < 50, laws: all } as const
  return [
    {
      ...common,
      name: `winsorizedMean({ percent: ${percent} })`,
      of: () => winsorizedMean({ percent }),
      accepts: ofSorted((sorted) => clipped(sorted, ...reach(sorted.length))),
    },
    {
      ...common,
      name: `trimmedMean({ percent: ${percent} })`,
      of: () => trimmedMean({ percent }),
      accepts: ofSorted((sorted) => between(sorted, ...reach(sorted.length))),
    },
  ]
})

const counts = [0, 1, 2].flatMap((count): Case[] => {
  const common = { least: 2 * count + 1, by: 'coordinate', rounds: count === 0, laws: all } as const
  return [
    {
      ...common,
      rounds: true,
      name: `winsorizedMean({ count: ${count} })`,
      of: () => winsorizedMean({ count }),
      accepts: ofSorted((sorted) => clipped(sorted, count, sorted.length - 1 - count)),
    },
    {
      ...common,
      name: `trimmedMean({ count: ${count} })`,
      of: () => trimmedMean({ count }),
      accepts: ofSorted((sorted) => between(sorted, count, sorted.length - 1 - count)),
    },
    {
      ...common,
      name: `meanAroundMedian({ count: ${count} })`,
      of: () => meanAroundMedian({ count }),
      accepts: (rows, noise) => ({ each: columnsOf(rows).map((column) => aroundMedian(column, count, noise)) }),
    },
  ]
})

/** The means of all windows of m − count sorted values that may be the nearest to the median. */
function aroundMedian(column: readonly number[], count: number, noise: number): number[] {
  const sorted = ascending(column)
  const n = sorted.length - count
  const middle = median(sorted)
  const farthest = (s: number): number => Math.max(middle - sorted[s]!, sorted[s + n - 1]! - middle)
  const starts = Array.from({ length: count + 1 }, (_, s) => s)
  const least = Math.min(...starts.map(farthest))
  const size = Math.max(...sorted.map(Math.abs))
  const best = starts.filter((s) => farthest(s) <= least + noise * size)
  return best.map((s) => between(sorted, s, s + n - 1))
}

/** The mean where `passes` says how clearly: above 0 yes, below 0 no, and either where it is nearly 0. */
function gate(rows: Rows, passes: (column: readonly number[]) => number, noise: number): Accepted {
  return {
    each: columnsOf(rows).map((column) => {
      const margin = passes(column)
      if (Math.abs(margin) <= noise) return [0, average(column)]
      return [margin > 0 ? average(column) : 0]
    }),
  }
}

const gates: Case[] = [
  ...[0, 0.5, 1].map((threshold): Case => ({
    name: `signAgreement({ threshold: ${threshold} })`,
    least: 1,
    by: 'coordinate',
    rounds: true,
    laws: threshold === 0 ? all : gated,
    of: () => signAgreement({ threshold }),
    accepts: (rows) =>
      gate(
        rows,
        (column) => Math.abs(column.reduce((sum, x) => sum + Math.sign(x), 0)) - threshold * column.length + 1e-6,
        0,
      ),
  })),
  ...[1, 2].map((threshold): Case => ({
    name: `snrGate({ threshold: ${threshold} })`,
    least: 2,
    by: 'coordinate',
    rounds: true,
    // Of two rows that agree, m·α is 2.
    laws: { ...gated, agree: threshold < 2 },
    of: () => snrGate({ threshold }),
    accepts: (rows, noise) =>
      gate(
        rows,
        (column) => {
          const size = Math.max(...column.map(Math.abs))
          if (size === 0) return -1
          const values = column.map((x) => x / size)
          const squares = values.reduce((sum, x) => sum + x * x, 0)
          // A coordinate that one row owns is never let through.
          if (threshold === 1 && values.filter((x) => x !== 0).length === 1) return -1
          return (average(values) * values.length) ** 2 / squares - threshold
        },
        Math.max(noise, 1e-5),
      ),
  })),
]

/** Rules that take each coordinate by itself. */
export const casesByCoordinate: readonly Case[] = [
  { name: 'mean()', least: 1, by: 'coordinate', rounds: true, laws: all, of: () => mean(), accepts: ofSorted(average) },
  {
    name: 'meanOfMeans()',
    least: 1,
    by: 'coordinate',
    rounds: true,
    laws: all,
    of: (m) => meanOfMeans({ groups: m }),
    accepts: ofSorted(average),
  },
  ...percents,
  ...counts,
  {
    name: 'coordinateMedian()',
    least: 1,
    by: 'coordinate',
    rounds: false,
    laws: all,
    of: () => coordinateMedian(),
    accepts: ofSorted(median),
  },
  {
    name: 'coordinateMedian({ sliceBytes: 1 })',
    least: 1,
    by: 'coordinate',
    rounds: false,
    laws: all,
    of: () => coordinateMedian({ sliceBytes: 1 }),
    accepts: ofSorted(median),
  },
  {
    name: 'medianOfMeans()',
    least: 1,
    by: 'coordinate',
    rounds: false,
    laws: all,
    of: (m) => medianOfMeans({ groups: m }),
    accepts: ofSorted(median),
  },
  ...gates,
]
