import type { RunResult } from '../run-result.ts'
import { evaluationsOf } from './fig-4/accuracy.ts'
import { points } from './words.ts'

/** Training accuracy that is lost again on the way, at least, where weights overshoot. */
const OVERSHOT = 0.1

/** How much of its training accuracy a run loses again between one evaluation and the next, at most. */
function setback(run: RunResult): number {
  const accuracies = evaluationsOf(run, 'train').map((row) => row.accuracy)
  return Math.max(0, ...accuracies.slice(1).map((accuracy, i) => accuracies[i]! - accuracy))
}

/** Why coherence is high where training overshoots; undefined where none of the runs is seen to. */
export function overshooting(runs: readonly RunResult[]): string | undefined {
  const most = Math.max(0, ...runs.map(setback))
  if (most < OVERSHOT) return undefined
  return (
    `The weights overshoot: from one evaluation to the next up to ${points(most)} of training accuracy are lost again. Then all ` +
    'gradients point back the same way, on noise as well. A smaller learning rate would settle it.'
  )
}
