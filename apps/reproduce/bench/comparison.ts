import type { Timing } from './measure-interleaved.ts'

/** One line of the table: a case's times, alone and against the case that it is compared with. */
export interface Comparison {
  readonly name: string
  readonly repetitions: number
  /** Median wall time. */
  readonly ms: number
  /** Shortest wall time. */
  readonly fastest: number
  readonly against: string
  /** Median of the ratios, repetition by repetition, with the quartiles. */
  readonly ratio: number
  readonly quartiles: readonly [number, number]
  readonly goal: string
}

export interface ComparisonOptions {
  readonly goal?: string
  /** Of which times the ratio is. Of a case on several threads, CPU times say nothing about how long it takes. */
  readonly by?: 'cpu' | 'wall'
}

/** Compares a timing with another, repetition by repetition. */
export function compare(
  { name, took }: Timing,
  base: Timing,
  { goal = '', by = 'cpu' }: ComparisonOptions = {},
): Comparison {
  const walls = took.map(({ wall }) => wall)
  const ratios = took.map((each, r) => each[by] / base.took[r]![by])
  return {
    name,
    repetitions: took.length,
    ms: quantile(walls, 0.5),
    fastest: quantile(walls, 0),
    against: base.name,
    ratio: quantile(ratios, 0.5),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    goal,
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = sorted[Math.floor(at)]!
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at))
}
