/**
 * How many independent measurements a series of dependent ones is worth:
 *
 *   n · (1 − ρ)/(1 + ρ), with ρ the correlation of neighbours, at least 0
 *
 * exact for a long series in which each value depends on the one before. Never less than 1, nor more than n; a series
 * that never changes is worth n, because there is nothing to learn dependence from.
 */
export function effectiveCount(series: readonly number[]): number {
  const n = series.length
  const mean = series.reduce((sum, x) => sum + x, 0) / n
  const deviations = series.map((x) => x - mean)
  const variance = deviations.reduce((sum, d) => sum + d * d, 0)
  if (n < 3 || variance === 0) return n
  const neighbours = deviations.slice(1).reduce((sum, d, i) => sum + d * deviations[i]!, 0)
  const correlation = Math.min(Math.max(neighbours / variance, 0), 1)
  return Math.min(n, Math.max(1, (n * (1 - correlation)) / (1 + correlation)))
}
