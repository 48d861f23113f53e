import type { RunResult } from '../../run-result.ts'
import { evaluationsOf } from '../fig-4/accuracy.ts'

/**
 * Accuracy on corrupt examples where that on pristine ones first is `pristine`, between evaluations along a straight line:
 * what a run had memorised when it had learned so much. The end's where it never learns as much.
 */
export function memorisedAt(run: RunResult, pristine: number): number {
  const learned = evaluationsOf(run, 'train', 'pristine')
  const memorised = evaluationsOf(run, 'train', 'corrupt')
  const at = learned.findIndex((row) => row.accuracy >= pristine)
  if (at === -1) return memorised.at(-1)?.accuracy ?? Number.NaN
  const [after, before] = [learned[at]!.accuracy, learned[at - 1]?.accuracy]
  if (before === undefined) return memorised[at]?.accuracy ?? Number.NaN
  const share = (pristine - before) / (after - before)
  return (1 - share) * memorised[at - 1]!.accuracy + share * memorised[at]!.accuracy
}
