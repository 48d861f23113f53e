import type { RunResult } from '../../run-result.ts'
import { evaluationsOf, type Population } from '../fig-4/accuracy.ts'

/** The step at which a training accuracy is first reached; the run's last where it never is, which understates it. */
export function firstAt(run: RunResult, accuracy: number, population: Population = 'all'): number {
  const rows = evaluationsOf(run, 'train', population)
  return (rows.find((row) => row.accuracy >= accuracy) ?? rows.at(-1))?.step ?? Number.NaN
}
