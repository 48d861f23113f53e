import { readdirSync, readFileSync } from 'node:fs'

/** A process that makes a run. */
export interface FoundWorker {
  readonly pid: number
  /** `fig-1/d5d70d3ded29` */
  readonly run: string
}

/** The workers that a process has now, as Linux tells it. */
export function workersOf(parent: number): readonly FoundWorker[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.flatMap((pid) => {
    try {
      // `pid (name) state parent …`, and the name may hold anything.
      const [, of] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      const at = words.findIndex((word) => /run-worker\.[jt]s$/.test(word))
      return Number(of) === parent && at !== -1 ? [{ pid: Number(pid), run: words[at + 1]! }] : []
    } catch {
      return [] // it has ended meanwhile
    }
  })
}
