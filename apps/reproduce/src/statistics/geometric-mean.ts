/** exp of the mean logarithm; NaN where there is nothing to average or a value isn't positive. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length)
}
