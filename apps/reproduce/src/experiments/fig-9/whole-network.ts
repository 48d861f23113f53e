import type { RunResult } from '../../run-result.ts'

/** A run's training coherence of one population over all weights, in order. */
export function wholeNetwork(run: RunResult, population: 'all' | 'pristine' | 'corrupt'): RunResult['coherence'] {
  return run.coherence.filter((row) => row.scope === 'all' && row.split === 'train' && row.population === population)
}
