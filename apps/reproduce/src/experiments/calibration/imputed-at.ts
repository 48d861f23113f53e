import type { ImputationSpec, TrainingSpec } from '../../run-spec.ts'

/** Measures imputation at the listed steps of training, and nothing else of coherence. */
export function imputedAt(
  steps: readonly number[],
  examples: number,
  imputation: Omit<ImputationSpec, 'at'>,
): TrainingSpec['measure'] {
  const listed = { every: 'listed', steps } as const
  return {
    evaluate: [listed],
    coherence: [],
    examples,
    splits: ['train'],
    populations: 'all',
    imputation: { ...imputation, at: [listed] },
  }
}
