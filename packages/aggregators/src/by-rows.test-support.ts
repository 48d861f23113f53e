import {
  all,
  ascending,
  average,
  dot,
  gated,
  norm,
  sumOf,
  weighted,
  type Accepted,
  type Case,
  type Rows,
} from './definition.test-support.ts'
import {
  centredClipping,
  chain,
  clipByNorm,
  clipRows,
  coherenceWeighting,
  geometricMedian,
  gradientAgreement,
  krum,
  mean,
} from './index.ts'

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

/** Rules that go by products of whole rows. */
export const casesByRows: readonly Case[] = [
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
