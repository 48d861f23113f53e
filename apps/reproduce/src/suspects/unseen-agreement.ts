import type { ScoredExamples } from './scores.ts'

/** How well the labels can be learned at all, as the networks tell that were not trained on the examples. */
export interface UnseenAgreement {
  /** Of the examples, that whose given label is the expected one. */
  readonly share: number
  /** Of the examples, that which have the commonest label: no guess without a look at the input agrees more often. */
  readonly commonest: number
  /** Whether the share is more than that by three standard deviations of a guess's. */
  readonly beyondChance: boolean
}

/** Compares the given labels with those that are expected by networks that haven't seen them. */
export function unseenAgreement({ labels, expected }: Pick<ScoredExamples, 'labels' | 'expected'>): UnseenAgreement {
  const n = labels.length
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const commonest = Math.max(...counts.values()) / n
  const share = labels.filter((label, i) => label === expected[i]).length / n
  return { share, commonest, beyondChance: share > commonest + 3 * Math.sqrt((commonest * (1 - commonest)) / n) }
}
