import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { settingOf } from './fig-4/setting-of.ts'
import { fig26 } from './fig-26.ts'

/** Noise images are fitted the slower the more is clipped, and at c = 8 not at all. */
const asThePaper = (level: number): NoisyCurves => ({
  pristine: { accuracy: (t) => learned(level, t) },
  corrupt: { accuracy: (t) => (level === 8 ? 0.05 : Math.min(1, (2 * t) / (1 + level))) },
  testAccuracy: (t) => 0.5 * learned(level, t),
})
const learned = (level: number, t: number): number =>
  Math.min(level === 8 ? 0.8 : 1, 0.1 + (6 * t) / (1 + 0.1 * level)) - (level === 8 && t > 0.7 ? 0.2 : 0)

/** Clipping changes nothing: all is memorised at once. */
const memorised: NoisyCurves = {
  pristine: { accuracy: (t) => Math.min(1, 0.1 + 3 * t) },
  corrupt: { accuracy: (t) => Math.min(1, 0.1 + 2 * t) },
  testAccuracy: () => 0.5,
}

const results = (curves: (level: number) => NoisyCurves): readonly RunResult[] =>
  fig26.plan('desk', {}).map((spec) => madeUpNoisyRun(spec, curves(settingOf({ spec } as RunResult).level)))

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] =>
  fig26.judge(runs).map(({ outcome }) => outcome)

describe('fig-26', () => {
  it('plans each run once, at every scale, with three seeds at desk', () => {
    for (const [scale, runs] of [
      ['smoke', 9],
      ['desk', 45],
      ['paper', 25],
    ] as const) {
      expect(new Set(fig26.plan(scale, {}).map(runId)).size).toBe(runs)
    }
    expect(fig26.plan('desk', { seeds: '1' })).toHaveLength(15)
  })

  it('puts noise on images, those of the test set too, and none on labels', () => {
    for (const [pixels, kind] of [
      ['permuted', 'random-pixels'],
      ['gaussian', 'gaussian-images'],
    ] as const) {
      const kinds = new Set(fig26.plan('desk', { pixels }).map(({ data }) => data.noise.kind))
      expect(kinds).toEqual(new Set(['none', kind]))
    }
    for (const { data } of fig26.plan('desk', {})) expect(data.noisyTest).toBe(data.noise.kind !== 'none')
  })

  it('judges by fig-4’s claims, in words of images', () => {
    expect(outcomes(results(asThePaper))).toEqual(Array.from({ length: 6 }, () => 'reproduced'))
    expect(fig26.judge(results(asThePaper)).every(({ proxy }) => proxy)).toBe(true)
    expect(fig26.judge([]).map(({ claim }) => claim)).not.toContainEqual(expect.stringContaining('label'))
  })

  it('says that claims differ when all is memorised', () => {
    const [, , partly, all, , falls] = outcomes(results(() => memorised))
    expect([partly, all, falls]).toEqual(['differs', 'differs', 'differs'])
  })

  it('does not judge what has not been run', () => {
    expect(outcomes([undefined])).toEqual(Array.from({ length: 6 }, () => 'not run'))
  })

  it('draws the grid, and real images and noise apart where there are both', () => {
    const [grid, apart] = fig26.draw(results(asThePaper))
    expect(grid!.rows.map((row) => row.length)).toEqual([3, 3, 3, 3, 3])
    expect(apart!.rows.map((row) => row.map(({ title }) => title))).toEqual([
      ['50% noise'],
      ['50% noise', '100% noise'],
    ])
    for (const figure of [grid, apart]) expect(figureToSvg(figure!)).toContain('50% noise')
  })
})
