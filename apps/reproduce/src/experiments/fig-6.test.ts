import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import { fig5 } from './fig-5.ts'
import { fig6 } from './fig-6.ts'
import { ruleOf } from './m3/rules.ts'

const asThePaper = (rule: 'M3' | 'A3'): NoisyCurves => ({
  pristine: { accuracy: (t) => Math.min(0.98, 5 * t) },
  corrupt: { accuracy: (t) => (rule === 'M3' ? 0.05 : Math.min(1, 2 * t)) },
  testAccuracy: () => 0.5,
})

/** Noise is learned first by both, and more of it by M3. */
const upsideDown = (rule: 'M3' | 'A3'): NoisyCurves => ({
  pristine: { accuracy: (t) => 0.8 * t },
  corrupt: { accuracy: (t) => Math.min(rule === 'M3' ? 1 : 0.9, 3 * t) },
  testAccuracy: () => 0.5,
})

const results = (curves: (rule: 'M3' | 'A3') => NoisyCurves): readonly RunResult[] =>
  fig6.plan('desk', {}).map((spec) => madeUpNoisyRun(spec, curves(ruleOf({ spec } as RunResult)!)))

const outcomes = (runs: readonly (RunResult | undefined)[]): string[] => fig6.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: string): string[] => Array.from({ length: 5 }, () => outcome)

describe('fig-6', () => {
  it('makes no runs but those of fig-5', () => {
    for (const scale of ['smoke', 'desk', 'paper'] as const) {
      const theirs = fig5.plan(scale, {}).map(runId)
      expect(theirs).toEqual(expect.arrayContaining(fig6.plan(scale, {}).map(runId)))
    }
    expect(fig6.plan('desk', {})).toHaveLength(6)
  })

  it('judges every claim, either way', () => {
    expect(outcomes(results(asThePaper))).toEqual(all('reproduced'))
    expect(outcomes(results(upsideDown))).toEqual(all('differs'))
    expect(outcomes([undefined])).toEqual(all('not run'))
  })

  it('draws both halves for both rules, and the real half of the test images', () => {
    const [figure] = fig6.draw(results(asThePaper))
    expect(figure!.rows[0]!.map(({ title }) => title)).toEqual(['M3', 'A3'])
    for (const { series } of figure!.rows[0]!) {
      expect(new Set(series.map(({ name }) => name))).toEqual(new Set(['pristine', 'corrupt', 'test, pristine']))
      for (const { points } of series) expect(points.length).toBeGreaterThan(50)
    }
    expect(figureToSvg(figure!)).toContain('corrupt')
    expect(fig6.draw([])[0]!.rows).toEqual([])
  })
})
