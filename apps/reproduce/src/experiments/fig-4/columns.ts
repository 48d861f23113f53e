import type { RunResult } from '../../run-result.ts'
import { byRule, settingOf, valuesOf } from './setting-of.ts'

/** The runs of one seed at one noise level, from plain SGD to the strongest winsorization. */
export interface Column {
  readonly seed: number
  readonly noise: number
  /** By c, ascending. */
  readonly runs: readonly RunResult[]
  readonly plain: RunResult
  readonly strongest: RunResult
}

/** The strongest winsorization of the paper's figure. */
export const STRONGEST = 8

/** The columns of the grid that are complete, without the user's own rule: every c that any run has, from 0 to {@link STRONGEST}. */
export function columnsOf(results: readonly RunResult[]): readonly Column[] {
  const runs = byRule(results).winsorized
  const levels = valuesOf(runs, 'level')
  const seeds = [...new Set(runs.map((run) => run.spec.seed))]
  return seeds.flatMap((seed) =>
    valuesOf(runs, 'noise').flatMap((noise): Column[] => {
      const column = runs
        .filter((run) => run.spec.seed === seed && settingOf(run).noise === noise)
        .toSorted((a, b) => settingOf(a).level - settingOf(b).level)
      const plain = column.find((run) => settingOf(run).level === 0)
      const strongest = column.find((run) => settingOf(run).level === STRONGEST)
      if (plain === undefined || strongest === undefined || column.length < levels.length) return []
      return [{ seed, noise, runs: column, plain, strongest }]
    }),
  )
}
