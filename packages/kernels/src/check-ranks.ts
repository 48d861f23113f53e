import type { Ranks } from './ranks.ts'

/** Refuses ranks that don't lie in a column of `rows` values, lower first. */
export function checkRanks(name: string, { lower, upper }: Ranks, rows: number): void {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`${name}: required a whole number of rows ≥ 1, found ${rows}`)
  }
  const whole = Number.isInteger(lower) && Number.isInteger(upper)
  if (!whole || lower < 0 || lower > upper || upper >= rows) {
    throw new RangeError(`${name}: required ranks 0 ≤ lower ≤ upper < ${rows}, found lower ${lower}, upper ${upper}`)
  }
}
