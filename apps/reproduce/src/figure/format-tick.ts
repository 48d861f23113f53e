const inUnit = (value: number, unit: number, suffix: string): string =>
  `${value === 0 ? '0' : `${Number((value / unit).toPrecision(12))}${suffix}`}`

/**
 * A tick's number for a reader: `0.001`, `2.5`, `400`, `60k`, `1e−6`.
 *
 * @param largest the largest of the numbers that should be written alike: next to `10k` stands `5k`, not `5000`.
 *
 * @example
 * formatTick(60_000) // '60k'
 */
export function formatTick(value: number, largest: number = Math.abs(value)): string {
  if (value === 0) return '0'
  if (largest < 1e-3 || largest >= 1e9) return value.toExponential().replace('e+', 'e').replaceAll('-', '−')
  const [unit, suffix] = largest >= 1e6 ? [1e6, 'M'] : largest >= 1e4 ? [1e3, 'k'] : [1, '']
  return inUnit(value, unit, suffix).replace('-', '−')
}

/** The ticks of a linear axis, written alike. */
export function formatTicks(values: readonly number[]): string[] {
  const largest = Math.max(...values.map(Math.abs))
  return values.map((value) => formatTick(value, largest))
}
