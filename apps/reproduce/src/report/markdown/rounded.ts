/** A number to so many digits, as tables for reading have it: more than can be seen, fewer than what rounding errors reach. */
export function rounded(value: number | undefined, digits: number = 6): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(digits))
}
