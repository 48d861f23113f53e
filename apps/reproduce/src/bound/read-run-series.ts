import type { AlphaProbe } from '@coherent-gradients/bound'
import { readRows, type CoherenceRow } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { measuredLayers } from './measured-layers.ts'
import type { MeasuredSeries, SeriesOptions } from './measured-series.ts'
import { seriesFailure, type SeriesFailure } from './series-failure.ts'
import { seriesOfRows } from './series-of-rows.ts'

/**
 * A series out of a run's tables: the learning rate of every step, and α of the training split before it, over all
 * weights and all measured examples. A run that goes on is taken as far as it is written.
 */
export async function readRunSeries(
  folder: string,
  { alphaIs }: SeriesOptions,
): Promise<E.Either<SeriesFailure, MeasuredSeries>> {
  const fail = (what: string): E.Either<SeriesFailure, never> => E.left(seriesFailure(folder, what))
  const [steps, coherence, evaluations] = await Promise.all([
    readRows(folder, 'steps')(),
    readRows(folder, 'coherence')(),
    readRows(folder, 'evaluations')(),
  ])
  for (const table of [steps, coherence]) {
    if (E.isLeft(table)) return fail(`is no run of a training (${table.left.message})`)
  }
  if (E.isLeft(steps) || E.isLeft(coherence)) return fail('is no run of a training')
  const ofTraining = coherence.right.rows.filter((row) => row.split === 'train' && row.population === 'all')
  const measured = ofTraining.filter((row) => row.scope === 'all')
  const alphas = new Map<number, number>()
  for (const row of measured) {
    const alpha = alphaOf(row, alphaIs)
    // A row after `step` updates holds α(w_step), which goes with step + 1.
    if (alpha !== null) alphas.set(row.step + 1, alpha)
  }
  const series = seriesOfRows(
    folder,
    steps.right.rows.map(({ step, learningRate }) => ({ where: `step ${step}`, step, learningRate, alpha: null })),
    { alphaIs },
  )
  if (E.isLeft(series)) return series
  const T = series.right.learningRates.length
  const probes: AlphaProbe[] = [...alphas]
    .filter(([step]) => step <= T)
    .toSorted(([a], [b]) => a - b)
    .map(([step, alpha]) => ({ step, alpha }))
  const measuredOn = measured[0]?.m
  const layers = measuredLayers(ofTraining, (row) => alphaOf(row, alphaIs), T)
  const examples = E.isRight(evaluations)
    ? evaluations.right.rows.find((row) => row.split === 'train' && row.population === 'all')?.examples
    : undefined
  return E.right({
    ...series.right,
    probes,
    ...(measuredOn === undefined ? {} : { measuredOn }),
    ...(examples === undefined ? {} : { examples }),
    ...(layers === undefined ? {} : { layers }),
  })
}

function alphaOf(row: CoherenceRow, alphaIs: MeasuredSeries['alphaIs']): number | null {
  return alphaIs === 'debiased' ? row.alphaDebiased : row.alpha
}
