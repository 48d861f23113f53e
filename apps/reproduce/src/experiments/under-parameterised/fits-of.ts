import type { QuantityRow } from '@coherent-gradients/runlog'

/** What came out of every training set of m examples, and its mean. */
export function fitsOf(
  rows: readonly QuantityRow[],
  m: number,
  quantity: string,
): { readonly values: readonly number[]; readonly mean: number } {
  const values = rows.filter((row) => row.series === `m = ${m}` && row.quantity === quantity).map(({ value }) => value)
  return { values, mean: values.reduce((sum, value) => sum + value, 0) / values.length }
}
