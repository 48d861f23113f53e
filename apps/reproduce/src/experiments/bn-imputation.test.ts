import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpImputation, type MadeUpImputation } from '../testing/made-up-imputation.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { bnImputation } from './bn-imputation.ts'

const asDerived: MadeUpImputation = { plain: (batches) => batches / (batches - 1), corrected: () => 1, held: 0.95 }
const wrong: MadeUpImputation = { plain: () => 1, corrected: () => 1.5, held: 0.5, bySize: (k) => (k > 6 ? 1.5 : 1) }

const results = (of: MadeUpImputation, done = true): readonly RunResult[] =>
  bnImputation.plan('desk', {}).map((spec) => madeUpImputation(spec, of, done))
const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] =>
  bnImputation.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 4 }, () => outcome)

describe('bn-imputation', () => {
  it('plans networks with batch normalisation, trained by the statistics of batches, no example drawn twice', () => {
    for (const { data, measure, model, training } of (['smoke', 'desk'] as const).flatMap((scale) =>
      bnImputation.plan(scale, {}),
    )) {
      const { batches, batchSizes, statistics } = measure.imputation!
      expect([model.kind, training.aggregator, statistics]).toEqual([
        'resnet',
        { rule: 'mean-of-means', groups: 1 },
        'both',
      ])
      expect(Math.max(...batches) * Math.max(...batchSizes)).toBeLessThanOrEqual(measure.examples)
      expect(measure.examples).toBeLessThanOrEqual(data.train!)
    }
    expect(bnImputation.plan('desk', {})).toHaveLength(3)
    expect(bnImputation.plan('paper', {})).toEqual([])
  })

  it('says what holds and what does not', () => {
    expect(outcomes(results(asDerived))).toEqual(all('reproduced'))
    expect(outcomes(results(wrong))).toEqual(all('differs'))
    for (const runs of [[undefined], results(asDerived, false)]) expect(outcomes(runs)).toEqual(all('not run'))
  })

  it('draws a row a step and a column a k, imputed beside direct by either kind of statistics', () => {
    const [figure] = bnImputation.draw(results(asDerived))
    expect(figure!.rowLabels).toEqual(['step 0', 'step 40', 'step 160'])
    for (const row of figure!.rows) expect(row.map(({ title }) => title)).toEqual(['k = 6', 'k = 24'])
    expect(figureToSvg(figure!)).toContain('own, corrected')
    expect(bnImputation.draw([undefined])[0]!.rows).toEqual([])
  })
})
