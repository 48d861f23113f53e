import type { RunResult } from '../../run-result.ts'
import { chanceOf } from './chance.ts'

export type Population = 'all' | 'pristine' | 'corrupt'
type Rows = RunResult['evaluations']

/** The evaluations of a run's split and population, in order. */
export function evaluationsOf(run: RunResult, split: 'train' | 'test', population: Population = 'all'): Rows {
  return run.evaluations.filter((row) => row.split === split && row.population === population)
}

/** Mean accuracy over the last tenth of the evaluations: where a run ended, without the wobble of a single one. */
export function lateAccuracy(run: RunResult, split: 'train' | 'test', population: Population = 'all'): number {
  const rows = evaluationsOf(run, split, population)
  const late = rows.slice(-Math.max(1, Math.round(rows.length / 10)))
  return late.reduce((sum, row) => sum + row.accuracy, 0) / late.length
}

/** The highest accuracy of all evaluations. */
export function peakAccuracy(run: RunResult, split: 'train' | 'test'): number {
  return Math.max(...evaluationsOf(run, split).map((row) => row.accuracy))
}

/**
 * The training accuracy of fitting all that is pristine and nothing else, counted. Of labels drawn anew those that came out
 * right are pristine: 1 − 0.9ε up to the chance of the draw. The classes of noise images are guessed: 1 − ε + ε/C of C.
 */
export function unmemorised(run: RunResult): number {
  const all = evaluationsOf(run, 'train')[0]?.examples ?? 0
  const corrupt = (evaluationsOf(run, 'train', 'corrupt')[0]?.examples ?? 0) / all
  return 1 - corrupt + (run.spec.data.noise.kind === 'labels' ? 0 : chanceOf(run) * corrupt)
}
