import type { RunResult } from '../run-result.ts'
import { settledCoherence } from './settled-coherence.ts'

/** Where training coherence is highest after the first transient; NaN where nothing was measured. */
export function peakOf(run: RunResult, scope: string = 'all'): { readonly epoch: number; readonly mAlpha: number } {
  const rows = settledCoherence(run, scope)
  const [first] = rows
  if (first === undefined) return { epoch: Number.NaN, mAlpha: Number.NaN }
  return rows.reduce((best, row) => (row.mAlpha > best.mAlpha ? row : best), first)
}
