import { percentileRanks } from '@coherent-gradients/kernels'
import {
  centredClipping,
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
  signAgreement,
  snrGate,
  trimmedMean,
  winsorizedMean,
} from './index.ts'
import type { Aggregator } from '@coherent-gradients/gradients'

export type Rows = readonly (readonly number[])[]

/**
 * What a rule may give, in float64: one of some numbers for each coordinate, or one of some gradients. There is more than one
 * where float32 can't tell two cases apart, as at a tie.
 */
export type Accepted = { readonly each: readonly (readonly number[])[] } | { readonly whole: Rows }

/** A rule, the laws that hold for it, and what it is by definition: the float64 twin, "obviously correct, but slow". */
export interface Case {
  readonly name: string
  /** Rows that it needs. */
  readonly least: number
  /** `coordinate`: each by itself, to float32's last places. `rows`: by products of whole rows, to their rounding. */
  readonly by: 'coordinate' | 'rows'
  /** Whether the sum is a float32 one of the whole column, whose rounding follows the largest value. */
  readonly rounds: boolean
  /** How far off a rule by whole rows may be, as a share of the longest row: 2e-4, unless it steps towards its result. */
  readonly off?: number
  readonly laws: Laws
  of(m: number): Aggregator
  /** `noise` is how far off two sides of a comparison may be, as a share of the larger. */
  accepts(rows: Rows, noise: number): Accepted
}

interface Laws {
  /** Doesn't see the order of the rows. */
  readonly order: boolean
  /** Scales with the rows, for a scale above 0. */
  readonly scale: boolean
  /** Moves with the rows. */
  readonly shift: boolean
  /** Is that row where all agree. */
  readonly agree: boolean
  /** Between the least and the largest value of a coordinate, or between those and 0. */
  readonly range: 'values' | 'values and 0'
}

const all: Laws = { order: true, scale: true, shift: true, agree: true, range: 'values' }
const gated: Laws = { ...all, shift: false, range: 'values and 0' }

export const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
export const norm = (a: readonly number[]): number => Math.hypot(...a)
export const columnsOf = (rows: Rows): number[][] => rows[0]!.map((_, j) => rows.map((row) => Math.fround(row[j]!)))
const ascending = (values: readonly number[]): number[] => values.toSorted((x, y) => x - y)
const weighted = (rows: Rows, weights: readonly number[]): number[] =>
  rows[0]!.map((_, j) => rows.reduce((sum, row, i) => sum + (weights[i] === 0 ? 0 : weights[i]! * row[j]!), 0))
const sumOf = (rows: Rows): number[] =>
  weighted(
    rows,
    rows.map(() => 1),
  )

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

function distances(rows: Rows): number[][] {
  return rows.map((a) => rows.map((b) => norm(a.map((x, j) => x - b[j]!))))
}

/** Sums of squared distances to the nearest others, as Krum has them. */
function scores(rows: Rows, byzantine: number): number[] {
  return distances(rows).map((row, i) =>
    ascending(row.filter((_, j) => j !== i).map((d) => d * d))
      .slice(0, rows.length - byzantine - 2)
      .reduce((sum, d) => sum + d, 0),
  )
}

/** Every choice of `keep` rows that float32 may take for the best. */
function nearest(rows: Rows, byzantine: number, keep: number, noise: number): Accepted {
  const each = scores(rows, byzantine)
  const worst = ascending(each)[keep - 1]!
  const slack = noise * rows.length * 4 * Math.max(...rows.map((row) => norm(row) ** 2))
  const sure = [...each.keys()].filter((i) => each[i]! < worst - slack)
  const maybe = [...each.keys()].filter((i) => Math.abs(each[i]! - worst) <= slack)
  const choices = subsets(maybe, keep - sure.length).map((some) => [...sure, ...some])
  return { whole: choices.map((choice) => sumOf(choice.map((i) => rows[i]!)).map((x) => x / keep)) }
}

function subsets(of: readonly number[], size: number): number[][] {
  if (size === 0) return [[]]
  if (of.length < size) return []
  const [first, ...rest] = of
  return [...subsets(rest, size - 1).map((some) => [first!, ...some]), ...subsets(rest, size)]
}

/** Smoothed Weiszfeld steps in float64, from every row that may be the most central one. */
function weiszfeld(rows: Rows, noise: number): Accepted {
  const apart = distances(rows)
  const sums = apart.map((row) => row.reduce((sum, d) => sum + d, 0))
  const slack = Math.sqrt(noise) * rows.length * Math.max(...rows.map(norm))
  const starts = [...sums.keys()].filter((i) => sums[i]! <= Math.min(...sums) + slack)
  return {
    whole: starts.map((start) => {
      const descending = ascending(apart[start]!).toReversed()
      const least = Math.max(1e-3 * descending[rows.length >> 1]!, 1e-30)
      let z: readonly number[] = rows[start]!
      for (let t = 0; t < 16; t++) {
        const inverse = rows.map((row) => 1 / Math.max(least, norm(row.map((x, j) => x - z[j]!))))
        const total = inverse.reduce((sum, x) => sum + x, 0)
        z = weighted(
          rows,
          inverse.map((x) => x / total),
        )
      }
      return [...z]
    }),
  }
}

/** Taking rows in one after another, both ways where the cosine is nearly at the threshold. */
function agreeing(rows: Rows, threshold: number, noise: number): Accepted {
  let taken: number[][] = [[0]]
  for (let i = 1; i < rows.length; i++) {
    taken = taken.flatMap((some) => {
      const s = sumOf(some.map((j) => rows[j]!))
      const length = norm(s) * norm(rows[i]!)
      const margin = threshold - 1 + (length === 0 ? 0 : dot(s, rows[i]!) / length)
      // A sum that all but cancels has no direction in float32.
      const unsure = norm(s) ** 2 <= noise * 100 * some.reduce((sum, j) => sum + norm(rows[j]!) ** 2, 0)
      if (unsure || Math.abs(margin) <= 1e-4) return [some, [...some, i]]
      return [margin > 0 ? [...some, i] : some]
    })
  }
  return {
    whole: taken.map((some) =>
      some.length === 1 ? rows[0]!.map(() => 0) : sumOf(some.map((i) => rows[i]!)).map((x) => x / some.length),
    ),
  }
}

/** Steps of centred clipping, in float64. */
export function clippedAround(
  start: readonly number[],
  rows: Rows,
  radius: number,
  iterations: number,
): readonly number[] {
  let v = start
  for (let t = 0; t < iterations; t++) {
    const moves = rows.map((row) => {
      const away = row.map((x, j) => x - v[j]!)
      const share = Math.min(1, radius / Math.max(norm(away), 1e-300))
      return away.map((x) => x * share)
    })
    v = v.map((x, j) => x + average(moves.map((move) => move[j]!)))
  }
  return v
}

function supported(rows: Rows): Accepted {
  const weights = rows.map((row, i) => {
    const others = sumOf(rows.filter((_, j) => j !== i))
    const length = norm(row) * norm(others)
    return length === 0 ? 0 : Math.max(0, dot(row, others) / length) / rows.length
  })
  return { whole: [weighted(rows, weights)] }
}

const byRows: Case[] = [
  ...(
    [
      [0, 1],
      [1, 1],
      [1, 3],
    ] as const
  ).map(([byzantine, keep]): Case => ({
    name: `krum({ byzantine: ${byzantine}, keep: ${keep} })`,
    least: Math.max(2 * byzantine + 3, keep + byzantine),
    by: 'rows',
    rounds: true,
    laws: all,
    of: () => krum({ byzantine, keep }),
    accepts: (rows, noise) => nearest(rows, byzantine, keep, noise),
  })),
  {
    name: 'geometricMedian()',
    least: 1,
    off: 1e-2,
    by: 'rows',
    rounds: true,
    laws: all,
    of: () => geometricMedian(),
    accepts: weiszfeld,
  },
  ...[0.9, 2].map((threshold): Case => ({
    name: `gradientAgreement({ threshold: ${threshold} })`,
    least: 2,
    by: 'rows',
    rounds: true,
    laws: {
      ...all,
      order: threshold === 2,
      shift: threshold === 2,
      range: threshold === 2 ? 'values' : 'values and 0',
    },
    of: () => gradientAgreement({ threshold }),
    accepts: (rows, noise) => agreeing(rows, threshold, noise),
  })),
  {
    name: 'coherenceWeighting()',
    least: 2,
    by: 'rows',
    rounds: true,
    laws: gated,
    of: () => coherenceWeighting(),
    accepts: supported,
  },
  // In a first step, from 0.
  ...[1, 3].map((iterations): Case => ({
    name: `centredClipping({ radius: 1, iterations: ${iterations} })`,
    least: 1,
    by: 'rows',
    rounds: true,
    laws: { order: true, scale: false, shift: false, agree: false, range: 'values and 0' },
    of: () => centredClipping({ radius: 1, iterations }),
    accepts: (rows) => ({
      whole: [
        [
          ...clippedAround(
            rows[0]!.map(() => 0),
            rows,
            1,
            iterations,
          ),
        ],
      ],
    }),
  })),
  {
    name: 'chain(mean(), clipByNorm({ norm: 1 }))',
    least: 1,
    by: 'rows',
    rounds: true,
    laws: { order: true, scale: false, shift: false, agree: false, range: 'values and 0' },
    of: () => chain(mean(), clipByNorm({ norm: 1 })),
    accepts: (rows) => {
      const g = sumOf(rows).map((x) => x / rows.length)
      const length = norm(g)
      return { whole: [length > 1 ? g.map((x) => x / length) : g] }
    },
  },
  {
    name: 'chain(clipRows({ norm: 1 }), mean())',
    least: 1,
    by: 'rows',
    rounds: true,
    laws: { order: true, scale: false, shift: false, agree: false, range: 'values and 0' },
    of: () => chain(clipRows({ norm: 1 }), mean()),
    accepts: (rows) => ({
      whole: [
        weighted(
          rows,
          rows.map((row) => Math.min(1, 1 / norm(row)) / rows.length),
        ),
      ],
    }),
  },
]

export const cases: readonly Case[] = [
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
  ...byRows,
]
