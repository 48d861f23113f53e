import { expect } from 'vitest'
import type { Numbers } from './numbers.ts'
import { worstMismatch, type Mismatch, type Tolerance } from './worst-mismatch.ts'

interface AllCloseMatcher<R> {
  /**
   * Passes when every element is close to the expected one: |actual − expected| ≤ atol + rtol·|expected|, with rtol
   * 1e-6 and atol 1e-12 unless said. Numbers, typed arrays and nested arrays of the same shape. NaN is close to
   * nothing, unless `equalNaN` says so; the failure names the worst element.
   *
   * @example
   * expect(new Float32Array([0.1, 0.2])).toBeAllClose([0.1, 0.2])
   * expect([[1, 2]]).toBeAllClose([[1, 2.001]], { rtol: 1e-3 })
   */
  toBeAllClose(expected: Numbers, tolerance?: Tolerance): R
}

declare module 'vitest' {
  // The parameters must be spelled as vitest spells them, or the declarations don't merge.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends AllCloseMatcher<R> {}
}

/** The matcher itself. Importing this package registers it with vitest's `expect`. */
export function toBeAllClose(
  actual: Numbers,
  expected: Numbers,
  tolerance: Tolerance = {},
): { pass: boolean; message: () => string } {
  const mismatch = worstMismatch(actual, expected, tolerance)
  return {
    pass: mismatch === null,
    message: () => (mismatch === null ? 'expected some element not to be close, found all close' : explain(mismatch)),
  }
}

expect.extend({ toBeAllClose })

function explain(mismatch: Mismatch): string {
  const where = mismatch.at === '' ? 'the value' : `element ${mismatch.at}`
  if (mismatch.kind === 'shape') {
    return `not the same shape at ${mismatch.at || 'the top'}: expected ${mismatch.expected}, found ${mismatch.actual}`
  }
  const { actual, expected, excess, failing, total } = mismatch
  return (
    `${failing} of ${total} not close; the worst is ${where}: expected ${expected}, found ${actual} ` +
    `(difference ${Math.abs(actual - expected)}, ${excess.toPrecision(3)} times what is allowed)`
  )
}
