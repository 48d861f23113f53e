/** How many of the values are lower than the one before; equal neighbours count half. */
export function falls(values: readonly number[]): number {
  return values.slice(1).reduce((sum, value, i) => sum + (Math.sign(values[i]! - value) + 1) / 2, 0)
}
