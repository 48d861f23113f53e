import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpImputation, type MadeUpImputation } from '../testing/made-up-imputation.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { calibration } from './calibration.ts'

const asDerived: MadeUpImputation = { plain: (batches) => batches / (batches - 1), corrected: () => 1, held: 0.95 }
const wrong: MadeUpImputation = {
  plain: (batches) => (batches === 2 ? 1 : 2),
  corrected: (batches) => (batches === 2 ? 0.5 : 1),
  held: 0.5,
}

function results(of: MadeUpImputation, done = true): readonly RunResult[] {
  return calibration.plan('desk', {}).map((spec) => madeUpImputation(spec, of, done))
}

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] =>
  calibration.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 6 }, () => outcome)

describe('calibration', () => {
  it('plans three seeds unless told otherwise, the same each time', () => {
    const specs = calibration.plan('desk', {})
    expect(specs.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(calibration.plan('desk', {}).map(runId)).toEqual(specs.map(runId))
    expect(calibration.plan('smoke', { seeds: '1' })).toHaveLength(1)
    expect(calibration.plan('paper', {})).toEqual([])
  })

  it('draws no example twice for the largest K and k', () => {
    for (const { data, measure } of [...calibration.plan('smoke', {}), ...calibration.plan('desk', {})]) {
      const { batches, batchSizes } = measure.imputation!
      expect(Math.max(...batches) * Math.max(...batchSizes)).toBeLessThanOrEqual(measure.examples)
      expect(measure.examples).toBeLessThanOrEqual(data.train!)
    }
  })

  it('says that every claim is reproduced when imputation does what is derived, and differs when it does not', () => {
    expect(outcomes(results(asDerived))).toEqual(all('reproduced'))
    expect(outcomes(results(wrong))).toEqual(all('differs'))
  })

  it('sees a factor that is off downwards as one that is off upwards', () => {
    const low = calibration.judge(results({ ...asDerived, corrected: () => 0.8 }))
    const high = calibration.judge(results({ ...asDerived, corrected: () => 1.25 }))
    expect(low.at(-1)!.measured).toBe(high.at(-1)!.measured)
    expect(low.at(-1)!.outcome).toBe('differs')
  })

  it('does not judge what has not been run to its end', () => {
    expect(outcomes([undefined])).toEqual(all('not run'))
    expect(outcomes(results(asDerived, false))).toEqual(all('not run'))
  })

  it('draws a row a step and a column a k, the null in each, and how often intervals hold', () => {
    const [imputed, coverage] = calibration.draw(results(asDerived))
    expect(imputed!.rowLabels).toEqual(['step 0', 'step 100', 'step 1,000'])
    for (const row of imputed!.rows) {
      expect(row.map(({ title }) => title)).toEqual(['k = 5', 'k = 20', 'k = 80'])
      for (const { series } of row) {
        const signs = series.find(({ name }) => name === 'corrected, random signs')!
        for (const [, y] of signs.points) expect(y).toBeCloseTo(1)
      }
    }
    for (const { series } of coverage!.rows[0]!) {
      for (const { points } of series) expect(points).toEqual([4, 8, 16, 32].map((batches) => [batches, 0.95]))
    }
    for (const figure of [imputed, coverage]) expect(figureToSvg(figure!)).toContain('batches K')
  })

  it('draws nothing of nothing', () => {
    expect(calibration.draw([undefined]).every(({ rows }) => rows.length === 0)).toBe(true)
  })
})
