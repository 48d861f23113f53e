import type { Outcome } from './right-of.ts'

/**
 * The failure of what must fail.
 *
 * @throws Error where it succeeded.
 */
export function leftOf<L>(outcome: Outcome<L, unknown>): L {
  if (outcome._tag === 'Right') throw new Error('required a failure, found success')
  return outcome.left
}
