import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'
import { valuesOf } from './cells.ts'

/** What was trained and measured, for the captions of both drawings. */
export function caption(runs: readonly RunResult[]): string {
  const draws = runs[0]?.spec.measure.imputation?.draws ?? 0
  const most = valuesOf(runs, 'batches').at(-1) ?? 0
  return (
    `${describeTraining(runs)} The network has no batch normalisation, so α can be had both ways. ${draws} times ${most} ` +
    'batches of k examples are drawn for each k; fewer batches are parts of those. Random signs: every example’s gradient ' +
    'times a sign of its own, so that nothing is shared.'
  )
}
