import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig5 } from './fig-5.ts'
import { ruleOf } from './m3/rules.ts'

type Curves = (rule: 'M3' | 'A3') => NoisyCurves

/** M3 learns real images a little later, and no noise; it gains on the test set what it doesn't memorise. */
const asThePaper: Curves = (rule) => ({
  pristine: { accuracy: (t) => Math.min(rule === 'M3' ? 0.98 : 1, 0.1 + (rule === 'M3' ? 4.5 : 5) * t) },
  corrupt: { accuracy: (t) => (rule === 'M3' ? 0.05 : Math.min(1, 2 * t)) },
  testAccuracy: (t) => Math.min(rule === 'M3' ? 0.55 : 0.45, 5 * t),
})

/** M3 learns half of what is real at most, and all that is noise, where A3 doesn't. */
const upsideDown: Curves = (rule) => ({
  pristine: { accuracy: (t) => Math.min(rule === 'M3' ? 0.8 : 1, 0.1 + (rule === 'M3' ? 1 : 5) * t) },
  corrupt: { accuracy: (t) => (rule === 'M3' ? Math.min(1, 2 * t) : 0.1) },
  testAccuracy: (t) => Math.min(rule === 'M3' ? 0.2 : 0.6, 5 * t),
})

const results = (curves: Curves, done = true): readonly RunResult[] =>
  fig5.plan('desk', {}).map((spec) => madeUpNoisyRun(spec, curves(ruleOf({ spec } as RunResult)!), done))

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] => fig5.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 7 }, () => outcome)

describe('fig-5', () => {
  it('plans both rules on each amount of noise, with three seeds at desk scale', () => {
    for (const [scale, runs] of [
      ['smoke', 6],
      ['desk', 18],
      ['paper', 6],
    ] as const) {
      expect(new Set(fig5.plan(scale, {}).map(runId)).size).toBe(runs)
      expect(fig5.plan(scale, {})).toEqual(fig5.plan(scale, {}))
    }
    expect(fig5.plan('desk', { seeds: '1' })).toEqual(fig5.plan('desk', {}).slice(0, 6))
  })

  it('trains as the paper at paper scale', () => {
    for (const { data, model, training } of fig5.plan('paper', {})) {
      expect([data.dataset, data.train, data.test]).toEqual(['imagenet', undefined, undefined])
      expect(model).toEqual({ kind: 'resnet', depth: 50 })
      expect(training).toMatchObject({ batchSize: 3 * 256, learningRate: 0.2, steps: 90 * 1668 })
    }
  })

  it('keeps the epochs where the micro-batch is set', () => {
    for (const microBatch of ['1', '4', '32']) {
      for (const { data, training } of fig5.plan('desk', { 'micro-batch': microBatch })) {
        expect(training.batchSize).toBe(3 * Number(microBatch))
        expect(training.steps).toBe(45 * Math.floor(data.train! / training.batchSize))
      }
    }
  })

  it('judges every claim reproduced when the runs are as the paper says, and differs when they are not', () => {
    expect(outcomes(results(asThePaper))).toEqual(all('reproduced'))
    expect(outcomes(results(upsideDown))).toEqual(all('differs'))
  })

  it('is inconclusive where seeds disagree', () => {
    const mixed = fig5
      .plan('desk', {})
      .map((spec) => madeUpNoisyRun(spec, (spec.seed === 2 ? upsideDown : asThePaper)(ruleOf({ spec } as RunResult)!)))
    expect(outcomes(mixed)).toEqual(all('inconclusive'))
  })

  it('does not judge a run without its twin, nor what has not been run to its end', () => {
    expect(outcomes([])).toEqual(all('not run'))
    expect(outcomes(results(asThePaper, false))).toEqual(all('not run'))
    expect(outcomes(results(asThePaper).filter((run) => ruleOf(run) === 'M3'))).toEqual(all('not run'))
  })

  it('is no proxy on ImageNet alone', () => {
    const paper = fig5.plan('paper', {}).map((spec) => madeUpNoisyRun(spec, asThePaper(ruleOf({ spec } as RunResult)!)))
    expect(fig5.judge(paper).some(({ proxy }) => proxy)).toBe(false)
    expect(fig5.judge(results(asThePaper)).every(({ proxy }) => proxy)).toBe(true)
    expect(fig5.draw(paper)[0]!.caption).toContain('1,281,167 images of ImageNet, a ResNet-50')
  })

  it('draws a column for each amount of noise, M3 solid and A3 dashed, and what fitting the real images would give', () => {
    const [figure] = fig5.draw(results(asThePaper))
    for (const row of figure!.rows) {
      expect(row.map(({ title }) => title)).toEqual(['0% noise', '50% noise', '100% noise'])
      for (const { series } of row) {
        for (const { name, dash } of series) expect(dash).toBe(name.startsWith('A3'))
      }
    }
    expect(figure!.rows[0]!.map(({ rules }) => rules?.[0]?.y)).toEqual([undefined, expect.closeTo(0.55), undefined])
    expect(figureToSvg(figure!)).toContain('50% noise')
    expect(fig5.draw([undefined])[0]!.rows).toEqual([])
  })
})
