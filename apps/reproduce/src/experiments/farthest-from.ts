/** The value that lies farthest from where all should lie; NaN where there is none, or where one of them is NaN. */
export function farthestFrom(target: number, values: readonly number[]): number {
  if (values.length === 0 || values.some(Number.isNaN)) return Number.NaN
  return values.reduce((worst, value) => (Math.abs(value - target) > Math.abs(worst - target) ? value : worst))
}
