import type { Schedule } from './schedule.ts'

/**
 * Due at step 0 and at every nth step.
 *
 * @throws RangeError when n isn't a whole number ≥ 1.
 *
 * @example
 * everySteps(50) // steps 0, 50, 100, …
 */
export function everySteps(n: number): Schedule {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`everySteps: required a whole number ≥ 1, found ${n}`)
  return { initial: {}, next: ({ step }, state) => ({ due: step % n === 0, state }) }
}
