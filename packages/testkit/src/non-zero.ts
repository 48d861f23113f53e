import * as fc from 'fast-check'

/** Generates a common factor: finite, float32-representable, of either sign, between 1/1024 and 1024 in magnitude. */
export function nonZero(): fc.Arbitrary<number> {
  const magnitude = fc.float({ min: 1 / 1024, max: 1024, noNaN: true })
  return fc.tuple(magnitude, fc.boolean()).map(([x, negative]) => (negative ? -x : x))
}
