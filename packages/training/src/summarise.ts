import type { Evaluation } from './evaluate.ts'

/** Means over a population of evaluated examples. */
export interface Summary {
  /** Number of examples in the population. */
  readonly examples: number
  /** Mean loss; NaN where the population is empty. */
  readonly loss: number
  /** Share of right answers, 0 to 1; NaN where the population is empty. */
  readonly accuracy: number
}

/**
 * Mean loss and accuracy of an evaluation, over all its examples or the population that `select` picks by index.
 *
 *   loss = (1/n) Σᵢ ℓᵢ,  accuracy = (1/n) Σᵢ correctᵢ
 *
 * Index legend: i of the n examples that are picked. Summed in float64, in order, so the chunks in which the evaluation
 * was made leave no trace.
 *
 * @example
 * const corrupt = summarise(evaluation, (i) => evaluation.labels[i] !== evaluation.trueLabels[i])
 */
export function summarise(evaluation: Evaluation, select: (i: number) => boolean = () => true): Summary {
  let examples = 0
  let loss = 0
  let correct = 0
  for (let i = 0; i < evaluation.losses.length; i++) {
    if (!select(i)) continue
    examples++
    loss += evaluation.losses[i]!
    correct += evaluation.correct[i]!
  }
  return { examples, loss: loss / examples, accuracy: correct / examples }
}
