import type { Figure, Panel, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { caption } from './caption.ts'
import { draws, holds, valuesOf, type Population } from './cells.ts'
import { mean } from '../../statistics/mean.ts'

/** How often the corrected estimate's 95% interval holds the direct α: a column a k. */
export function drawCoverage(runs: readonly RunResult[]): Figure {
  return {
    id: 'calibration-coverage',
    title: 'How often the 95% interval holds the direct α',
    caption: `${caption(runs)} All steps and seeds together. Two batches have no interval.`,
    rows: runs.length === 0 ? [] : [valuesOf(runs, 'batchSize').map((batchSize) => panelOf(runs, batchSize))],
  }
}

function panelOf(runs: readonly RunResult[], batchSize: number): Panel {
  const counts = valuesOf(runs, 'batches').filter((batches) => batches > 2)
  const shares = (population: Population): Series['points'] =>
    counts.map((batches) => {
      const rows = runs.flatMap((run) => draws(run, { population, batches, batchSize }))
      return [batches, mean(rows.map((row) => Number(holds(row))))] as const
    })
  return {
    title: `k = ${batchSize}`,
    x: { label: 'batches K', scale: 'log' },
    y: { label: 'share of draws', domain: [0.5, 1] },
    series: [
      { name: 'images', role: 'real', mark: 'line-and-dots', points: shares('all') },
      { name: 'random signs', role: 'random', mark: 'line-and-dots', points: shares('random signs') },
    ],
    rules: [{ y: 0.95, label: '95%' }],
  }
}
