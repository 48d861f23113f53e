import type { Schedule } from './schedule.ts'

/**
 * Due at the steps that are listed, and at no other.
 *
 * @throws RangeError when a step isn't a whole number ≥ 0.
 */
export function atSteps(steps: readonly number[]): Schedule {
  for (const step of steps) {
    if (!Number.isInteger(step) || step < 0) throw new RangeError(`atSteps: required whole numbers ≥ 0, found ${step}`)
  }
  const listed = new Set(steps)
  return { initial: {}, next: ({ step }, state) => ({ due: listed.has(step), state }) }
}
