import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { orthogonalLimit } from '../orthogonal-limit.ts'
import { valuesOf } from './cells.ts'

/** Panels of m·α by K: a row a step, a column a k. */
export function panelsByStep(
  runs: readonly RunResult[],
  seriesOf: (at: { readonly step: number; readonly batchSize: number }) => readonly Series[],
): Pick<Figure, 'rowLabels' | 'rows'> {
  const steps = valuesOf(runs, 'step')
  return {
    rowLabels: steps.map((step) => `step ${step.toLocaleString('en')}`),
    rows: steps.map((step) =>
      valuesOf(runs, 'batchSize').map((batchSize) => ({
        title: `k = ${batchSize}`,
        x: { label: 'batches K', scale: 'log' },
        y: { label: 'm·α', scale: 'log' },
        series: seriesOf({ step, batchSize }),
        rules: [orthogonalLimit],
      })),
    ),
  }
}
