import type { ResultTable } from '../../experiment.ts'
import type { RunResult } from '../../run-result.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { fitsOf, type Fit } from './fits.ts'

/** A line for each kind of data: means over the seeds. */
export function tabulateFits(results: readonly (RunResult | undefined)[]): readonly ResultTable[] {
  const fits = fitsOf(results)
  const arms = [...new Set(fits.map(({ arm }) => arm))]
  return [
    {
      title: 'Means over the seeds; > where not every example was fitted in time; m·α after the first steps',
      header: ['data', 'epochs to fit', 'training accuracy', 'test accuracy', 'peak m·α', 'typical m·α'],
      rows: arms.map((arm) => {
        const own = fits.filter((fit) => fit.arm === arm)
        const mean = (of: (fit: Fit) => number): number => own.reduce((sum, fit) => sum + of(fit), 0) / own.length
        return [
          arm,
          `${own.every(({ fitted }) => fitted) ? '' : '> '}${mean(({ epochs }) => epochs).toFixed(0)}`,
          `${(100 * mean(({ trainAccuracy }) => trainAccuracy)).toFixed(1)}%`,
          `${(100 * mean(({ testAccuracy }) => testAccuracy)).toFixed(1)}%`,
          geometricMean(own.map(({ peak }) => peak)).toFixed(1),
          geometricMean(own.map(({ coherence }) => coherence)).toFixed(1),
        ]
      }),
    },
  ]
}
