import type { RunResult } from '../run-result.ts'

/** Accuracy on a split at a run's last evaluation; NaN where there is none. */
export function finalAccuracy(run: RunResult, split: 'train' | 'test'): number {
  return run.evaluations.findLast((row) => row.split === split && row.population === 'all')?.accuracy ?? Number.NaN
}
