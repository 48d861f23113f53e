/** A number of units, channels or pixels, or a RangeError that names it. */
export function requireWidth(what: string, units: number): number {
  if (Number.isInteger(units) && units >= 1) return units
  throw new RangeError(`buildModel: required ${what} to be a whole number ≥ 1, found ${units}`)
}
