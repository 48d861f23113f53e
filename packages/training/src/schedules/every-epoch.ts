import type { Schedule } from './schedule.ts'

/** Due at step 0 and at the first step of which another epoch has been completed. */
export function everyEpoch(): Schedule {
  return {
    initial: { done: -1 },
    next({ epoch }, state) {
      const done = Math.floor(epoch + 1e-9)
      return { due: done > state['done']!, state: { done } }
    },
  }
}
