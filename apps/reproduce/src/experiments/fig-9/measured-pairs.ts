import type { RunResult } from '../../run-result.ts'
import { wholeNetwork } from './whole-network.ts'

/** Coherence of both populations at the same weights, equal m. */
export interface MeasuredPair {
  readonly step: number
  readonly pristine: number
  readonly corrupt: number
  /** Share of the corrupt labels that were fitted at the last evaluation before. */
  readonly corruptFitted: number
}

/** A run's measurements of both populations after a step, in order. */
export function measuredPairs(run: RunResult, afterStep: number): readonly MeasuredPair[] {
  const corruptAt = new Map(wholeNetwork(run, 'corrupt').map((row) => [row.step, row.mAlpha]))
  const evaluations = run.evaluations.filter((row) => row.split === 'train' && row.population === 'corrupt')
  let last = 0
  return wholeNetwork(run, 'pristine').flatMap(({ step, mAlpha }) => {
    while (last + 1 < evaluations.length && evaluations[last + 1]!.step <= step) last++
    const corrupt = corruptAt.get(step)
    if (step <= afterStep || corrupt === undefined) return []
    return [{ step, pristine: mAlpha, corrupt, corruptFitted: evaluations[last]?.accuracy ?? Number.NaN }]
  })
}
