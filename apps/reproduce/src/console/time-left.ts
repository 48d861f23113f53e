import { formatDuration } from './format-progress.ts'

export interface TimeLeft {
  /** A run is this far, 0 to 1. Where it started from does not count as work done here. */
  update(run: string, from: number, share: number): void
  finish(run: string): void
  toString(): string
}

/**
 * Keeps account of how far several runs are together: `3 of 24 runs done, 5:10 left`.
 *
 * @param total how many there are.
 * @param clock milliseconds from any start.
 */
export function timeLeft(total: number, clock: () => number): TimeLeft {
  const began = clock()
  const going = new Map<string, { readonly from: number; readonly share: number }>()
  let [done, made] = [0, 0]
  return {
    update(run, from, share) {
      going.set(run, { from, share })
    },
    finish(run) {
      made += 1 - (going.get(run)?.from ?? 0)
      going.delete(run)
      done++
    },
    toString() {
      const parts = [...going.values()]
      const work = made + parts.reduce((sum, { from, share }) => sum + share - from, 0)
      const left = total - done - parts.reduce((sum, { share }) => sum + share, 0)
      const time = work > 0 && left > 0 ? `, ${formatDuration(((clock() - began) / work) * left)} left` : ''
      return `${done} of ${total} runs done${time}`
    },
  }
}
