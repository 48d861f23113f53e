import type { ImputationRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import { cells, direct, draws, type Where } from './cells.ts'
import { mean } from '../../statistics/mean.ts'

/** The mean over draws against the direct value, as a geometric mean over the cells of one K. */
export function ratio(
  run: RunResult,
  population: Where['population'],
  of: (row: ImputationRow) => number,
  batches: number,
  batchSize?: number,
): number {
  const where = { population, batches, ...(batchSize === undefined ? {} : { batchSize }) }
  const logs = cells(draws(run, where)).map((rows) => Math.log(mean(rows.map(of)) / direct(rows[0]!)))
  return Math.exp(mean(logs))
}

/** By which factor the worst of them is off, up or down. */
export function farthest(factors: readonly number[]): number {
  return Math.exp(Math.max(...factors.map((x) => Math.abs(Math.log(x)))))
}
