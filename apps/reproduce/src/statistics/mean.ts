/** Σ xᵢ/n, added up in order; NaN where there is nothing to average. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length
}
