import * as fc from 'fast-check'

/** How many: exactly n, or between min and max. */
export type Count = number | { readonly min: number; readonly max: number }

/** The shape of a generated stack. */
export interface StackShape {
  /** m, the number of gradients. Default 1 to 8. */
  readonly rows?: Count
  /** p, the number of parameters. Default exactly 4, so that two stacks can be joined. */
  readonly columns?: Count
}

/**
 * Generates a stack of gradients: m rows of p finite float32-representable numbers, small integers and exact zeros
 * among them, none larger than 1,000 in magnitude. Numbers below 1e-6 are given as zero, so a square neither over- nor
 * underflows in float32; {@link nastyStacks} has the rest.
 *
 * @example
 * test.prop([stacks(), stacks()])('joins', (a, b) => { [...a, ...b] })
 * stacks({ rows: 5, columns: { min: 1, max: 9 } })
 */
export function stacks(shape: StackShape = {}): fc.Arbitrary<number[][]> {
  return fc.tuple(count(shape.rows ?? { min: 1, max: 8 }), count(shape.columns ?? 4)).chain(([m, p]) => {
    const row = fc.array(element, { minLength: p, maxLength: p })
    return fc.array(row, { minLength: m, maxLength: m })
  })
}

const element: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.float({ min: -1000, max: 1000, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x)),
  },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(0) },
)

function count(n: Count): fc.Arbitrary<number> {
  return typeof n === 'number' ? fc.constant(n) : fc.integer({ min: n.min, max: n.max })
}
