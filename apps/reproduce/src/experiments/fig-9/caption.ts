import type { RunResult } from '../../run-result.ts'
import { describeTraining } from '../describe-training.ts'

/** What was trained and measured, for the captions of both drawings. */
export function caption(runs: readonly RunResult[]): string {
  const m = runs.flatMap((run) => run.coherence).find((row) => row.population === 'corrupt')?.m
  return (
    `${describeTraining(runs)} Half of the training labels are drawn anew; those that come out wrong are corrupt, all ` +
    'others pristine.' +
    (m === undefined ? '' : ` Coherence is that of m = ${m.toLocaleString('en')} examples of either kind.`)
  )
}
