import type { AlphaProbe } from '@coherent-gradients/bound'
import { either as E } from 'fp-ts'
import type { MeasuredSeries, SeriesOptions } from './measured-series.ts'
import { seriesFailure, type SeriesFailure } from './series-failure.ts'

/** One row, wherever it came from. */
export interface SeriesRow {
  /** How to find it: `line 7`, `row 3`. */
  readonly where: string
  readonly step: number
  readonly learningRate: number
  /** Null where α wasn't measured. */
  readonly alpha: number | null
}

/**
 * Rows as a series: steps one after another from 1 (or from 0, counting updates made before), each with a learning
 * rate, and an α in range where there is one.
 *
 * @returns a failure that names the first row which doesn't fit, what was required and what to do.
 */
export function seriesOfRows(
  source: string,
  rows: Iterable<SeriesRow>,
  { alphaIs, measuredOn }: SeriesOptions,
): E.Either<SeriesFailure, MeasuredSeries> {
  const learningRates: number[] = []
  const probes: AlphaProbe[] = []
  const fail = ({ where }: SeriesRow, what: string): E.Either<SeriesFailure, never> =>
    E.left(seriesFailure(source, `${where}: ${what}`))
  const least = alphaIs === 'debiased' && measuredOn !== undefined ? -1 / (measuredOn - 1) : 0
  let offset = 0
  for (const row of rows) {
    const { step, learningRate, alpha } = row
    const expected = learningRates.length + 1 - offset
    if (!Number.isInteger(step)) {
      return fail(row, `required a whole step, found ${step}: step counts updates, not epochs`)
    }
    if (learningRates.length === 0) {
      if (step !== 0 && step !== 1) {
        return fail(
          row,
          `required the series to begin at step 1 (or 0), found ${step}: every step needs its learning rate`,
        )
      }
      offset = 1 - step
    } else if (step !== expected) {
      const what = step > expected ? 'a step is missing' : 'steps must rise by one'
      return fail(row, `required step ${expected}, found ${step}: ${what}`)
    }
    if (Number.isNaN(learningRate)) return fail(row, 'required a learning rate for every step, found none')
    if (!(learningRate >= 0 && learningRate < Infinity)) {
      return fail(row, `required a finite learning rate ≥ 0, found ${learningRate}`)
    }
    learningRates.push(learningRate)
    if (alpha === null) continue
    if (Number.isNaN(alpha)) return fail(row, 'alpha is NaN: leave it out where α was not measured')
    if (alpha > 1) return fail(row, `required α ≤ 1, found ${alpha}: m·α is no α, divide it by m; percent by 100`)
    if (alpha < least) {
      const why =
        alphaIs === 'debiased'
          ? `the least that ${measuredOn} examples can have`
          : 'only a debiased α can be below 0 (--alpha debiased --measured-on M)'
      return fail(row, `required α ≥ ${least}, found ${alpha}: ${why}`)
    }
    probes.push({ step: learningRates.length, alpha })
  }
  if (learningRates.length === 0) return E.left(seriesFailure(source, 'required at least one step, found none'))
  return E.right({ source, learningRates, probes, alphaIs, ...(measuredOn === undefined ? {} : { measuredOn }) })
}
