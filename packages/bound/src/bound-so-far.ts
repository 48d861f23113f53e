import { checkConstants, type BoundConstants } from './bound-constants.ts'
import type { RunningBound } from './running-bound.ts'
import { logOf, multiply, valueOf } from './twofold.ts'
import { scaleOf } from './unroll.ts'

/**
 * The bound of Theorem 1 after the steps of a running sum: L²/m times it.
 *
 * @throws RangeError when L or m is outside the theorem's terms, with required and found.
 * @see {@link extendBound}
 */
export function boundSoFar(
  state: RunningBound,
  constants: Pick<BoundConstants, 'lipschitz' | 'examples'>,
): { readonly logBound: number; readonly bound: number } {
  const whole = { ...constants, smoothness: 0 }
  checkConstants(whole)
  const bound = Float64Array.of(state.hi, state.lo, state.block)
  multiply(bound, scaleOf(whole))
  return { logBound: logOf(bound), bound: valueOf(bound) }
}
