import { formatDuration } from '../console/format-progress.ts'
import type { Output } from '../console/terminal.ts'

export interface WorkProgress {
  /** So much more has been done. */
  add(amount: number): void
  /** Wipes the live line. */
  close(): void
}

/** Silent for two seconds; then a live line on a terminal, elsewhere a line every five seconds. */
const [FIRST_AFTER, TERMINAL_EVERY, PLAIN_EVERY] = [2000, 200, 5000]

/** Says how much of a work of `total` units is done and how long the rest takes: `measuring  40%  0:12 left`. */
export function workProgress(stream: Output, clock: () => number, what: string, total: number): WorkProgress {
  const started = clock()
  let [done, said, live] = [0, started + FIRST_AFTER - PLAIN_EVERY, false]
  const terminal = stream.isTTY === true
  return {
    add(amount) {
      done += amount
      const now = clock()
      if (now - started < FIRST_AFTER || now - said < (terminal ? TERMINAL_EVERY : PLAIN_EVERY)) return
      said = now
      const left = ((now - started) / done) * Math.max(0, total - done)
      const line = `${what}  ${Math.floor((100 * done) / total)}%  ${formatDuration(left)} left`
      stream.write(terminal ? `\r\u{1B}[K${line}` : `${line}\n`)
      live = terminal
    },
    close() {
      if (live) stream.write('\r\u{1B}[K')
      live = false
    },
  }
}
