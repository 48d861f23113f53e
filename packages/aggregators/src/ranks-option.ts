import { either as E } from 'fp-ts'
import { percentileRanks, type Ranks } from '@coherent-gradients/kernels'
import type { InvalidOption } from './failures.ts'
import { invalidOption } from './parse-options.ts'

/** How far from both ends of a coordinate's sorted values a rule reaches. */
export type RanksOption =
  | {
      /** c, 0 to 50: to each coordinate's c-th and (100 − c)-th percentile, by the nearest rank. */
      readonly percent: number
    }
  | {
      /** So many examples of each coordinate on each side. */
      readonly count: number
    }

/** The reach as a rule needs it. */
export interface Reach {
  /** `8%` or `8`. */
  readonly label: string
  /** Rows that it needs. */
  readonly least: number
  ranksOf(rows: number): Ranks
}

export function reachOf(
  rule: string,
  { percent, count }: { readonly percent?: number; readonly count?: number },
): E.Either<InvalidOption, Reach> {
  if (percent !== undefined && count === undefined) {
    return E.right({ label: `${percent}%`, least: 1, ranksOf: (rows) => percentileRanks(percent, rows) })
  }
  if (count !== undefined && percent === undefined) {
    const ranksOf = (rows: number): Ranks => ({ lower: count, upper: rows - 1 - count })
    return E.right({ label: `${count}`, least: 2 * count + 1, ranksOf })
  }
  return E.left(invalidOption(rule, 'percent', 'percent or count', percent === undefined ? 'neither' : 'both'))
}
