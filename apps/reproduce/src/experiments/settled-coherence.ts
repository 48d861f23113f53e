import type { RunResult } from '../run-result.ts'
import { TRANSIENT } from './transient.ts'

/** A run's training coherence in a scope once the first transient is over, in order. */
export function settledCoherence(run: RunResult, scope: string = 'all'): RunResult['coherence'] {
  return run.coherence.filter(
    (row) => row.scope === scope && row.population === 'all' && row.split === 'train' && row.step > TRANSIENT,
  )
}
