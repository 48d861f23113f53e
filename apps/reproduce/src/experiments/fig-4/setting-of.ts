import type { RunResult } from '../../run-result.ts'
import { isOwnRuleFile } from '../../run-spec.ts'

/** What tells a run of Figure 4 from its siblings. */
export interface Setting {
  /** c: percent of a batch clipped on each side of every coordinate. */
  readonly level: number
  /** ε: share of the training examples whose label is drawn anew, or whose image is noise. */
  readonly noise: number
}

/** Reads c and ε from a run's spec, not from its name. */
export function settingOf({ spec }: RunResult): Setting {
  const { aggregator } = spec.training
  const percent = isOwnRuleFile(aggregator) ? undefined : aggregator['percent']
  const { noise } = spec.data
  return {
    level: typeof percent === 'number' ? percent : 0,
    noise: noise.kind === 'none' ? 0 : noise.fraction,
  }
}

/** The values that a list of runs has of one setting, ascending. */
export function valuesOf(runs: readonly RunResult[], setting: keyof Setting): readonly number[] {
  return [...new Set(runs.map((run) => settingOf(run)[setting]))].toSorted((a, b) => a - b)
}

/** Runs by the experiment's own rules, and those by the user's, by its name. */
export function byRule(runs: readonly RunResult[]): {
  readonly winsorized: readonly RunResult[]
  readonly own: ReadonlyMap<string, readonly RunResult[]>
} {
  const own = runs.filter(({ spec }) => spec.ownRule !== undefined)
  return {
    winsorized: runs.filter(({ spec }) => spec.ownRule === undefined),
    own: new Map(
      own.map(({ spec: { ownRule } }) => [ownRule!, own.filter(({ spec }) => spec.ownRule === ownRule)] as const),
    ),
  }
}
