import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import { fig6Labels } from './fig-6-labels.ts'
import { cellOf, type Cell } from './m3/pairs.ts'
import { ruleOf } from './m3/rules.ts'

type Curves = (rule: 'M3' | 'A3', cell: Cell) => NoisyCurves

/** M3 fits the fewer wrong labels, the smaller the micro-batch. */
const asThePaper: Curves = (rule, { microBatch }) => ({
  pristine: { accuracy: (t) => Math.min(1, 0.1 + 2 * t) },
  corrupt: { accuracy: (t) => (rule === 'A3' ? Math.min(1, 2 * t) : 0.02 * microBatch) },
  testAccuracy: () => 0.7,
})

/** M3 is A3, but worse at what it should learn, and the worse the smaller the micro-batch. */
const upsideDown: Curves = (rule, { microBatch }) => ({
  pristine: { accuracy: (t) => (rule === 'A3' ? 1 : 0.8) * t },
  corrupt: { accuracy: (t) => (rule === 'A3' ? 0.3 : 1 - 0.01 * microBatch) * t },
  testAccuracy: () => 0.7,
})

const results = (curves: Curves): readonly RunResult[] =>
  fig6Labels.plan('desk', {}).map((spec) => {
    const run = { spec } as RunResult
    return madeUpNoisyRun(spec, curves(ruleOf(run)!, cellOf(run)))
  })

const outcomes = (runs: readonly (RunResult | undefined)[]): string[] =>
  fig6Labels.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: string): string[] => Array.from({ length: 9 }, () => outcome)

describe('fig-6-labels', () => {
  it('plans each micro-batch by both rules, evaluated at whole steps', () => {
    expect(new Set(fig6Labels.plan('desk', {}).map(runId)).size).toBe(18)
    expect(fig6Labels.plan('smoke', {})).toHaveLength(6)
    expect(fig6Labels.plan('paper', {})).toEqual([])
    for (const { training, measure } of [...fig6Labels.plan('smoke', {}), ...fig6Labels.plan('desk', {})]) {
      const [schedule] = measure.evaluate as unknown as readonly [{ readonly n: number }]
      expect(training.steps % schedule.n).toBe(0)
    }
  })

  it('judges every claim, either way', () => {
    expect(outcomes(results(asThePaper))).toEqual(all('reproduced'))
    expect(outcomes(results(upsideDown))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('says why, and what would settle it, of what came out differently and of nothing else', () => {
    const settled = (curves: Curves): boolean[] =>
      fig6Labels.judge(results(curves)).map(({ note = '' }) => note.includes('would settle it'))
    expect(settled(asThePaper)).not.toContain(true)
    expect(settled(upsideDown)).toEqual([false, false, true, true, true, true, true, true, false])
  })

  it('holds two rules that are the same for the same, where right labels stop being fitted before wrong ones do', () => {
    const alike: Curves = () => ({
      pristine: { accuracy: (t) => Math.min(0.9, 2 * t) },
      corrupt: { accuracy: (t) => t },
      testAccuracy: () => 0.7,
    })
    const choosy = fig6Labels.judge(results(alike)).filter(({ claim }) => claim.includes('choosy'))
    expect(choosy.map(({ number }) => number?.value)).toEqual([0, 0, 0])
  })

  it('sets a rule of the user’s own beside M3 and A3, and judges without it', () => {
    const own = results(asThePaper).flatMap((run) => {
      const arm = fig6Labels.ownArm!(run.spec, 'mine')!
      return ruleOf(run) === 'M3' ? [{ ...run, spec: { ...run.spec, arm, ownRule: 'mine' } }] : []
    })
    const [figure] = fig6Labels.draw([...results(asThePaper), ...own])
    for (const row of figure!.rows) {
      expect(row.map(({ title }) => title)).toEqual(['M3', 'A3', 'mine', 'At equal fit of right labels'])
      expect(new Set(row[3]!.series.map(({ name }) => name))).toEqual(new Set(['M3', 'A3', 'mine']))
    }
    expect(fig6Labels.judge([...results(asThePaper), ...own])).toEqual(fig6Labels.judge(results(asThePaper)))
  })

  it('draws a row for each micro-batch, and both rules at equal fit of right labels', () => {
    const [figure] = fig6Labels.draw(results(asThePaper))
    expect(figure!.rowLabels).toEqual(['micro-batch 1', 'micro-batch 4', 'micro-batch 32'])
    for (const row of figure!.rows) {
      expect(row.map(({ title }) => title)).toEqual(['M3', 'A3', 'At equal fit of right labels'])
      for (const { series } of row) for (const { points } of series) expect(points.length).toBeGreaterThan(50)
    }
    expect(figureToSvg(figure!)).toContain('micro-batch 32')
    expect(fig6Labels.draw([undefined])[0]!.rows).toEqual([])
  })
})
