import type { Schedule } from './schedule.ts'

/**
 * Due each time the minibatch loss falls by `fraction` or more below the lowest at which it was due before.
 *
 *   loss ≤ low − fraction · |low|,  loss < low
 *
 * First due at the first finite loss. A loss of 0 has nothing left to fall. With 0.01 this is when the paper takes its
 * snapshots.
 *
 * @throws RangeError when the fraction isn't in (0, 1).
 * @see "On the Generalization Mystery in Deep Learning", §6, the experiment of Figure 1.
 *
 * @example
 * everyFall(0.01) // losses 2, 1.99, 1.98, 2.5, 1.9: due at 2, 1.98 and 1.9
 */
export function everyFall(fraction: number): Schedule {
  if (!(fraction > 0 && fraction < 1)) {
    throw new RangeError(`everyFall: required a fraction in (0, 1), found ${fraction}`)
  }
  return {
    initial: {},
    next({ loss }, state) {
      const low = state['low']
      const due = Number.isFinite(loss) && (low === undefined || (loss < low && loss <= low - fraction * Math.abs(low)))
      return due ? { due, state: { low: loss } } : { due, state }
    },
  }
}
