import type { ImputationRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'

export type Population = 'all' | 'random signs' | 'moving statistics' | 'own statistics'

/** Which of a run's draws. */
export interface Where {
  readonly population: Population
  readonly step?: number
  readonly batches?: number
  readonly batchSize?: number
}

/** The draws of one population, at one step, of one K and one k, or of all where it isn't said. */
export function draws(run: RunResult, where: Where): readonly ImputationRow[] {
  const { population, step, batches, batchSize } = where
  return run.imputations.filter(
    (row) =>
      row.population === population &&
      (step === undefined || row.step === step) &&
      (batches === undefined || row.batches === batches) &&
      (batchSize === undefined || row.batchSize === batchSize),
  )
}

/** The draws by step, K and k. */
export function cells(rows: readonly ImputationRow[]): readonly (readonly ImputationRow[])[] {
  const found = new Map<string, ImputationRow[]>()
  for (const row of rows) {
    const key = `${row.step} ${row.batches} ${row.batchSize}`
    const cell = found.get(key)
    if (cell === undefined) found.set(key, [row])
    else cell.push(row)
  }
  return [...found.values()]
}

/** m·α of m = K·k examples, from the debiased α of the distribution: 1 + (m − 1)·α. */
function mAlphaOf({ batches, batchSize }: ImputationRow, alphaDebiased: number): number {
  return 1 + (batches * batchSize - 1) * alphaDebiased
}

/** m·α as the formula of the paper has it. */
export function plain(row: ImputationRow): number {
  return row.batches * row.batchSize * row.plugIn
}

/** m·α after its finite-sample correction. */
export function corrected(row: ImputationRow): number {
  return mAlphaOf(row, row.alphaDebiased)
}

/** m·α that m examples have one at a time. */
export function direct(row: ImputationRow): number {
  return mAlphaOf(row, row.alphaDirect)
}

/** Whether the draw's own interval holds the direct α; null where the draw has too few batches for one. */
export function holds({ low, high, alphaDirect }: ImputationRow): boolean | null {
  return low === null || high === null ? null : low <= alphaDirect && alphaDirect <= high
}

/** The different values of a column, in order. */
export function valuesOf(runs: readonly RunResult[], column: 'step' | 'batches' | 'batchSize'): readonly number[] {
  return [...new Set(runs.flatMap((run) => run.imputations.map((row) => row[column])))].toSorted((a, b) => a - b)
}
