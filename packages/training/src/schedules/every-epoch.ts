import type { Schedule } from './schedule.ts'

/**
 * Due at step 0 and at the first step by which another epoch is complete: once for each epoch, also where batches don't
 * divide it. A batch of several epochs is due once.
 *
 * @example
 * everyEpoch() // 100 examples in batches of 30: steps 0, 4, 7, 10, …
 */
export function everyEpoch(): Schedule {
  return {
    initial: { done: -1 },
    next({ epoch }, state) {
      const done = Math.floor(epoch)
      const due = done > state['done']!
      return { due, state: due ? { done } : state }
    },
  }
}
