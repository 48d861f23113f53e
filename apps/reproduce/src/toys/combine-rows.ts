import { coordinateMedianOfRows, percentileRanks, winsorizedMeanOfRows } from '@coherent-gradients/kernels'
import type { ToyRule } from '../specs/descent-spec.ts'

/** One gradient out of each example's own. The mean is taken in float64; the others come from kernels in float32. */
export function combineRows(rule: ToyRule, rows: readonly (readonly number[])[]): ArrayLike<number> {
  const [first = []] = rows
  if (rule === 'mean') return first.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length)
  const stack = { values: Float32Array.from(rows.flat()), rows: rows.length, columns: first.length }
  return rule === 'median'
    ? coordinateMedianOfRows(stack)
    : winsorizedMeanOfRows(stack, percentileRanks(rule.winsorized, rows.length))
}
