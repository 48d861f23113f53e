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

export const all: Laws = { order: true, scale: true, shift: true, agree: true, range: 'values' }
export const gated: Laws = { ...all, shift: false, range: 'values and 0' }

export const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0)
export const norm = (a: readonly number[]): number => Math.hypot(...a)
export const columnsOf = (rows: Rows): number[][] => rows[0]!.map((_, j) => rows.map((row) => Math.fround(row[j]!)))
export const ascending = (values: readonly number[]): number[] => values.toSorted((x, y) => x - y)
export const weighted = (rows: Rows, weights: readonly number[]): number[] =>
  rows[0]!.map((_, j) => rows.reduce((sum, row, i) => sum + (weights[i] === 0 ? 0 : weights[i]! * row[j]!), 0))
export const sumOf = (rows: Rows): number[] =>
  weighted(
    rows,
    rows.map(() => 1),
  )
