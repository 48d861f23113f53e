import type { Ranks } from './ranks.ts'
import { roundHalfEven } from './round-half-even.ts'

/**
 * Ranks of the c-th and the (100 − c)-th percentile of m values, by the nearest rank, halves to even: what NumPy's
 * `percentile(…, method='nearest')` picks, in the same floating-point steps.
 *
 *   lower = round((m − 1)·(c/100)),   upper = round((m − 1)·((100 − c)/100))
 *
 * Halves make the two sides differ by one at times: at c = 50 and even m both ranks are the even one of the two middles.
 *
 * @throws RangeError when c is outside [0, 50] or m is not a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §7: l and u of winsorized gradient descent.
 *
 * @example
 * percentileRanks(8, 100) // { lower: 8, upper: 91 }: 8 values clipped on each side
 * percentileRanks(8, 64)  // { lower: 5, upper: 58 }
 */
export function percentileRanks(percent: number, rows: number): Ranks {
  if (!(percent >= 0 && percent <= 50)) throw new RangeError(`percentileRanks: required 0 ≤ c ≤ 50, found ${percent}`)
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`percentileRanks: required a whole number of rows ≥ 1, found ${rows}`)
  }
  return {
    lower: roundHalfEven((rows - 1) * (percent / 100)),
    upper: roundHalfEven((rows - 1) * ((100 - percent) / 100)),
  }
}
