import type { RunResult } from '../../run-result.ts'

/** What tells a run of Figure 4 from its siblings. */
export interface Setting {
  /** c: percent of a batch clipped on each side of every coordinate. */
  readonly level: number
  /** ε: share of the training labels drawn anew. */
  readonly noise: number
}

/** Reads c and ε from a run's spec, not from its name. */
export function settingOf({ spec }: RunResult): Setting {
  const { aggregator } = spec.training
  const { noise } = spec.data
  return {
    level: typeof aggregator['percent'] === 'number' ? aggregator['percent'] : 0,
    noise: noise.kind === 'labels' ? noise.fraction : 0,
  }
}

/** The values that a list of runs has of one setting, ascending. */
export function valuesOf(runs: readonly RunResult[], setting: keyof Setting): readonly number[] {
  return [...new Set(runs.map((run) => settingOf(run)[setting]))].toSorted((a, b) => a - b)
}
