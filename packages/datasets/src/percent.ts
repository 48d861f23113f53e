/** A fraction as figures name it: `50%`, `7%`, `12.5%`. */
export function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(12))}%`
}
