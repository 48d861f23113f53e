import type { ImputationRow } from '@coherent-gradients/runlog'
import type { Figure, Series } from '../../figure/figure.ts'
import type { RunResult } from '../../run-result.ts'
import { caption } from './caption.ts'
import { corrected, direct, draws, plain, valuesOf, type Population } from './cells.ts'
import { panelsByStep } from './panels-by-step.ts'
import { mean } from '../../statistics/mean.ts'

/** Below this a band is cut off: m·α is drawn on a logarithmic axis, and single draws may be 0. */
const FLOOR = 0.2

/** m·α as it was imputed, plainly and corrected, against the direct one, by K: a row a step, a column a k. */
export function drawImputed(runs: readonly RunResult[]): Figure {
  return {
    id: 'calibration',
    title: 'Imputed against direct coherence, by number of batches K and examples per batch k',
    caption:
      `${caption(runs)} Lines are means over draws and seeds, the band holds nine in ten single draws. Plain: the paper’s ` +
      'formula. Corrected: with each batch’s help to itself taken out of it. Direct: what as many examples, K·k, have one ' +
      'at a time; it rises with K because m does.',
    ...panelsByStep(runs, (at) => seriesOf(runs, at)),
  }
}

function seriesOf(
  runs: readonly RunResult[],
  at: { readonly step: number; readonly batchSize: number },
): readonly Series[] {
  const counts = valuesOf(runs, 'batches')
  const drawn = (population: Population, batches: number): readonly ImputationRow[] =>
    runs.flatMap((run) => draws(run, { population, batches, ...at }))
  const means = (population: Population, of: (row: ImputationRow) => number): Series['points'] =>
    counts.map((batches) => [batches, mean(drawn(population, batches).map(of))] as const)
  const spread: Series['band'] = counts.map((batches) => {
    const values = drawn('all', batches)
      .map(corrected)
      .toSorted((a, b) => a - b)
    const quantile = (q: number): number => Math.max(FLOOR, values[Math.round(q * (values.length - 1))] ?? Number.NaN)
    return [batches, quantile(0.05), quantile(0.95)] as const
  })
  return [
    { name: 'direct', role: 'neutral', mark: 'line', dash: true, points: means('all', direct) },
    { name: 'plain', mark: 'line-and-dots', points: means('all', plain) },
    { name: 'corrected', mark: 'line-and-dots', points: means('all', corrected), band: spread },
    { name: 'plain, random signs', mark: 'line-and-dots', points: means('random signs', plain) },
    { name: 'corrected, random signs', mark: 'line-and-dots', points: means('random signs', corrected) },
  ]
}
