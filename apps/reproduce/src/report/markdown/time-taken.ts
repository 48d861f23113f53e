/** How long one run took: from when to when, where that was noted down, in milliseconds since 1970. */
export interface RunTime {
  readonly span?: readonly [began: number, ended: number]
  /** The time that its tables say, in milliseconds; undefined where they have no clock. */
  readonly elapsed?: number
}

/** How long an experiment took. */
export interface TimeTaken {
  readonly ms: number
  /** `wall`: while anything of it was being made; `runs`: all runs one after the other, from what their tables say. */
  readonly of: 'wall' | 'runs'
}

/**
 * How long runs took together: the time in which at least one of them was being made, so that runs made at the same time
 * count once and pauses not at all. Where a run's span isn't known, what the tables say is added up over all runs instead.
 *
 * @returns undefined where there are no runs, or nothing is known of one.
 */
export function timeTaken(runs: readonly RunTime[]): TimeTaken | undefined {
  if (runs.length === 0) return undefined
  const spans = runs.flatMap(({ span }) => (span === undefined ? [] : [span]))
  if (spans.length === runs.length) return { ms: covered(spans), of: 'wall' }
  const each = runs.map(({ span, elapsed }) => (span === undefined ? elapsed : span[1] - span[0]))
  if (!each.every((ms) => ms !== undefined)) return undefined
  return { ms: each.reduce((sum, ms) => sum + ms, 0), of: 'runs' }
}

function covered(spans: readonly (readonly [number, number])[]): number {
  let [sum, until] = [0, -Infinity]
  for (const [began, ended] of spans.toSorted(([a], [b]) => a - b)) {
    sum += Math.max(0, ended - Math.max(began, until))
    until = Math.max(until, ended)
  }
  return sum
}
