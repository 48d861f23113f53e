import type { ImputationRow } from '@coherent-gradients/runlog'
import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { corrected, direct, draws, plain, valuesOf, type Population } from '../calibration/cells.ts'
import { panelsByStep } from '../calibration/panels-by-step.ts'
import { describeTraining } from '../describe-training.ts'
import { mean } from '../../statistics/mean.ts'

/** Means over draws can fall to 0, which a logarithmic axis has not. */
const FLOOR = 0.2

/** m·α imputed by either kind of statistics, against the direct one nearest to it: a row a step, a column a k. */
export function drawStatistics(runs: readonly RunResult[]): Figure {
  return {
    id: 'bn-imputation',
    title: 'Imputed against direct coherence with batch normalisation, by number of batches K and examples per batch k',
    caption:
      `${describeTraining(runs)} Lines are means over draws and seeds. Moving statistics: of batches and of single examples by the ` +
      'statistics that predictions go by. Own: of batches by their own, as training has it, and of single examples by those of ' +
      'all that are measured, held constant. Dashed: direct, of K·k examples. Before training the moving statistics are those of ' +
      'no data. The paper imputes for ResNet-50 on ImageNet.',
    ...panelsByStep(runs, (at) => seriesOf(runs, at)),
  }
}

function seriesOf(
  runs: readonly RunResult[],
  at: { readonly step: number; readonly batchSize: number },
): readonly Series[] {
  const means = (population: Population, of: (row: ImputationRow) => number): Series['points'] =>
    valuesOf(runs, 'batches').map((batches) => {
      const rows = runs.flatMap((run) => draws(run, { population, batches, ...at }))
      return [batches, Math.max(FLOOR, mean(rows.map(of)))] as const
    })
  return [
    { name: 'moving, direct', mark: 'line', dash: true, points: means('moving statistics', direct) },
    { name: 'moving, corrected', mark: 'line-and-dots', points: means('moving statistics', corrected) },
    { name: 'own, direct', mark: 'line', dash: true, points: means('own statistics', direct) },
    { name: 'own, corrected', mark: 'line-and-dots', points: means('own statistics', corrected) },
    { name: 'own, plain', mark: 'line-and-dots', points: means('own statistics', plain) },
  ]
}
