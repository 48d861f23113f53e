import type { RunResult } from '../../run-result.ts'
import { evaluationsOf, peakAccuracy } from '../fig-4/accuracy.ts'
import { chanceOf } from '../fig-4/chance.ts'
import { fall } from '../fig-4/measures.ts'

/** How far training accuracy ends below its highest; where the loss stopped being a number, down to guessing. */
export function fallOf(run: RunResult): number {
  const last = evaluationsOf(run, 'train').at(-1)
  const diverged = run.done && (run.steps.at(-1)?.step ?? 0) < run.spec.training.steps && last !== undefined
  return diverged ? peakAccuracy(run, 'train') - chanceOf(run) : fall(run)
}
