import type { RunSpec } from '../run-spec.ts'

/** The tables that a run writes. */
export function tablesOf({ measure }: RunSpec): readonly ('steps' | 'evaluations' | 'coherence' | 'imputations')[] {
  return ['steps', 'evaluations', 'coherence', ...(measure.imputation === undefined ? [] : ['imputations' as const])]
}
