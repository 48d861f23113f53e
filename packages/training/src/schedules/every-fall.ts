import type { Schedule } from './schedule.ts'

/**
 * Due each time the minibatch loss falls by `fraction` below the lowest at which it was due before; first at the first
 * finite loss. With 0.01 this is when the paper takes its snapshots.
 *
 * @throws RangeError when the fraction isn't in (0, 1).
 * @see §6 of the paper.
 */
export function everyFall(fraction: number): Schedule {
  if (!(fraction > 0 && fraction < 1))
    throw new RangeError(`everyFall: required a fraction in (0, 1), found ${fraction}`)
  return {
    initial: {},
    next({ loss }, state) {
      const { low } = state
      const due = Number.isFinite(loss) && (low === undefined || loss <= low * (1 - fraction))
      return due ? { due, state: { low: loss } } : { due, state }
    },
  }
}
