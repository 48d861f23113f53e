/** @throws RangeError when the number of draws is not a whole number ≥ 1. */
export function requireDraws(caller: string, draws: number): void {
  if (!Number.isInteger(draws) || draws < 1) {
    throw new RangeError(`${caller}: required a whole number of draws ≥ 1, found ${draws}`)
  }
}
