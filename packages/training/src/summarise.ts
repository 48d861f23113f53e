import type { Evaluation } from './evaluate.ts'

/** Mean loss and accuracy over the examples that `select` picks (by index); every one when it is left out. */
export interface Summary {
  readonly examples: number
  readonly loss: number
  readonly accuracy: number
}

/**
 * Means of an evaluation over all its examples or a population of them, in float64, in order. NaN where the population
 * is empty.
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
