/** Where an axis has ticks, from low to high. */
export type Ticks = readonly number[]

/** Cuts off what floating point leaves behind a decimal: 0.30000000000000004 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12))

/** 1, 2, 2.5 or 5 times a power of ten: the smallest step that gives a range of `span` at most `most` intervals. */
export function niceStep(span: number, most: number): number {
  const decade = 10 ** Math.floor(Math.log10(span / most))
  return tidy(decade * ([1, 2, 2.5, 5].find((factor) => (span / most) * (1 - 1e-9) <= factor * decade) ?? 10))
}

/** Multiples of a nice step inside [low, high], at most `most` intervals. */
export function linearTicks(low: number, high: number, most: number): Ticks {
  if (!(high > low)) return [low]
  const step = niceStep(high - low, Math.max(1, most))
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
}

/**
 * 1, 2, 5, 10, … inside [low, high] on a logarithmic axis of `pixels`; where these would stand less than `spacing` apart
 * only powers of ten, or every nth power. A range too narrow for two of them gets linear ticks.
 */
export function logTicks(low: number, high: number, pixels: number, spacing: number): Ticks {
  const perDecade = pixels / Math.log10(high / low)
  const factors = perDecade * Math.log10(2) >= spacing ? [1, 2, 5] : [1]
  const every = Math.max(1, Math.ceil(spacing / perDecade))
  const ticks: number[] = []
  for (let exponent = Math.floor(Math.log10(low)) - 1; exponent <= Math.ceil(Math.log10(high)); exponent++) {
    if (exponent % every !== 0) continue
    for (const factor of factors) {
      const tick = tidy(factor * 10 ** exponent)
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick)
    }
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high, pixels / spacing)
}
