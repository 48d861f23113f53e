import type { Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { evaluationsOf } from '../fig-4/accuracy.ts'

/** Training accuracy on pristine and on corrupt examples and accuracy on what of the test set is pristine: a line each for every run. */
export function populationCurves(runs: readonly RunResult[], by: 'epoch' | 'step' = 'epoch'): readonly Series[] {
  return runs.flatMap((run) => [
    ...(['pristine', 'corrupt'] as const).map((population): Series => ({
      name: population,
      role: population,
      mark: 'line',
      points: evaluationsOf(run, 'train', population).map((row) => [row[by], row.accuracy]),
    })),
    { name: 'test, pristine', role: 'neutral', mark: 'line', dash: true, points: cleanTest(run, by) },
  ])
}

function cleanTest(run: RunResult, by: 'epoch' | 'step'): Series['points'] {
  const apart = evaluationsOf(run, 'test', 'pristine')
  return (apart.length > 0 ? apart : evaluationsOf(run, 'test')).map((row) => [row[by], row.accuracy])
}
