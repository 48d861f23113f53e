import { percent } from './words.ts'

/** Why a claim about the end of training may not hold yet; undefined where every run has come there. */
export function unfinishedFit(accuracies: readonly number[]): string | undefined {
  const least = Math.min(1, ...accuracies)
  if (least === 1) return undefined
  return (
    `Training has not come to its end: ${percent(least)} of the training examples are fitted where it stops. More steps would ` +
    'settle it.'
  )
}
