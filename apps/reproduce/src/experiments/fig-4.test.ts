import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { settingOf } from './fig-4/setting-of.ts'
import { fig4 } from './fig-4.ts'

type Curves = (level: number, noise: number) => NoisyCurves

/** As the paper tells it: winsorizing slows memorising much more than learning, and costs some of the fit in the end. */
const asThePaper: Curves = (level) => ({
  pristine: { accuracy: (t) => learned(level, t) },
  corrupt: { accuracy: (t) => memorised(level, t) },
  testAccuracy: (t) => 0.9 * learned(level, t),
})

const learned = (level: number, t: number): number =>
  Math.min(level === 8 ? 0.8 : 1, 0.1 + (6 * t) / (1 + 0.1 * level)) - (level === 8 && t > 0.7 ? 0.2 : 0)
const memorised = (level: number, t: number): number => (level === 8 ? 0 : Math.min(1, (2 * t) / (1 + level)))

/** The other way round: the more is clipped, the more is memorised, and winsorized runs learn random labels faster. */
const upsideDown: Curves = (level) => ({
  pristine: { accuracy: (t) => Math.min(1, 0.1 + (20 * t) / (1 + level)) },
  corrupt: { accuracy: (t) => Math.min(1, (t * (1 + level)) / 2) },
  testAccuracy: (t) => 0.9 - 0.01 * level - 0.2 * t,
})

const indifferent: Curves = () => ({
  pristine: { accuracy: (t) => Math.min(1, 0.1 + 20 * t) },
  corrupt: { accuracy: (t) => t },
  testAccuracy: () => 0.7,
})

function results(curves: Curves, { done = true, seeds = '1' } = {}): readonly RunResult[] {
  return fig4.plan('desk', { seeds }).map((spec) => {
    const { level, noise } = settingOf({ spec } as RunResult)
    return madeUpNoisyRun(spec, curves(level, noise), done)
  })
}

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] => fig4.judge(runs).map(({ outcome }) => outcome)

describe('fig-4', () => {
  it('plans the paper’s grid, the same runs each time, each with an id of its own', () => {
    for (const [scale, runs] of [
      ['smoke', 9],
      ['desk', 25],
      ['paper', 25],
    ] as const) {
      const specs = fig4.plan(scale, {})
      expect(new Set(specs.map(runId)).size).toBe(runs)
      expect(fig4.plan(scale, {}).map(runId)).toEqual(specs.map(runId))
    }
    const specs = fig4.plan('desk', { seeds: '3' })
    expect(specs.slice(0, 25)).toEqual(fig4.plan('desk', {}))
    expect(new Set(specs.map(runId)).size).toBe(75)
  })

  it('trains as the paper at paper scale', () => {
    for (const { data, model, training } of fig4.plan('paper', {})) {
      expect([data.train, data.test]).toEqual([undefined, undefined])
      expect(model).toEqual({ kind: 'mlp', hidden: [256, 256, 256] })
      expect(training).toMatchObject({ steps: 60_000, batchSize: 100, learningRate: 0.1 })
    }
  })

  it('keeps smoke small', () => {
    const steps = fig4.plan('smoke', {}).reduce((sum, { training }) => sum + training.steps, 0)
    expect(steps).toBeLessThanOrEqual(3000)
    for (const { data } of fig4.plan('smoke', {})) expect(data.train).toBeLessThanOrEqual(300)
  })

  it('judges every claim reproduced when the runs are as the paper says', () => {
    expect(outcomes(results(asThePaper))).toEqual(Array.from({ length: 6 }, () => 'reproduced'))
    expect(outcomes(results(asThePaper, { seeds: '3' }))).toEqual(Array.from({ length: 6 }, () => 'reproduced'))
  })

  it('says that the claims differ when they do', () => {
    expect(outcomes(results(upsideDown))).toEqual(Array.from({ length: 6 }, () => 'differs'))
  })

  it('is inconclusive where winsorizing changes nothing', () => {
    const [overfit, corrupt, , , slowdown] = outcomes(results(indifferent))
    expect([overfit, corrupt, slowdown]).toEqual(['inconclusive', 'inconclusive', 'inconclusive'])
  })

  it('is inconclusive where training accuracy only just passes the pristine share', () => {
    const justAbove: Curves = (level, noise) => ({
      ...asThePaper(level, noise),
      pristine: { accuracy: () => 1 },
      corrupt: { accuracy: () => 0.005 },
    })
    expect(outcomes(results(justAbove))[2]).toBe('inconclusive')
    expect(outcomes(results(justAbove))[3]).toBe('inconclusive')
  })

  it('is inconclusive where one seed falls and another doesn’t', () => {
    const runs = results(indifferent, { seeds: '3' }).map((run) => {
      const drop = [0, 0.02, 0.2][run.spec.seed - 1]!
      const evaluations = run.evaluations.map((row) =>
        row.step > 1000 ? { ...row, accuracy: row.accuracy - drop } : row,
      )
      return { ...run, evaluations }
    })
    expect(outcomes(runs)[5]).toBe('inconclusive')
  })

  it('does not judge what has not been run to its end', () => {
    const never = Array.from({ length: 6 }, () => 'not run')
    expect(outcomes([])).toEqual(never)
    expect(outcomes(results(asThePaper).map(() => undefined))).toEqual(never)
    expect(outcomes(results(asThePaper, { done: false }))).toEqual(never)
  })

  it('judges the noise levels whose runs are complete', () => {
    const runs = results(asThePaper).map((run) => (settingOf(run).noise === 0.5 ? run : undefined))
    expect(outcomes(runs)).toEqual(['reproduced', 'reproduced', 'reproduced', 'not run', 'not run', 'reproduced'])
  })

  it('is no proxy at paper scale alone', () => {
    const paper = fig4.plan('paper', {}).map((spec) => madeUpNoisyRun(spec, asThePaper(8, 0.5)))
    expect(fig4.judge(paper).some(({ proxy }) => proxy)).toBe(false)
    expect(fig4.judge(results(asThePaper)).every(({ proxy }) => proxy)).toBe(true)
    expect(fig4.judge([]).every(({ proxy }) => proxy)).toBe(true)
  })

  it('draws the paper’s grid: noise by columns, c by rows, with the line of the pristine share', () => {
    const [grid, labels] = fig4.draw(results(asThePaper))
    expect(grid!.rowLabels).toEqual(['c = 0', 'c = 1', 'c = 2', 'c = 4', 'c = 8'])
    for (const row of grid!.rows) {
      expect(row.map(({ title }) => title)).toEqual(['0% noise', '25% noise', '50% noise', '75% noise', '100% noise'])
      expect(row.map(({ rules }) => rules![0]!.y)).toEqual([1, 0.775, 0.55, expect.closeTo(0.325), expect.closeTo(0.1)])
      for (const { series } of row) expect(series).toHaveLength(3)
    }
    const [training, test, overfit] = grid!.rows[0]![2]!.series
    expect(overfit!.points.at(-1)![1]).toBeCloseTo(training!.points.at(-1)![1] - test!.points.at(-1)![1])
    expect(labels!.rows.map((row) => row.length)).toEqual([4, 4])
    expect(labels!.rows[0]![0]!.series.map(({ name }) => name)).toEqual(grid!.rowLabels)
    for (const figure of [grid, labels]) expect(figureToSvg(figure!)).toContain('25% noise')
  })

  it('draws what there is, with empty panels for what isn’t yet', () => {
    expect(fig4.draw([undefined]).every(({ rows }) => rows.length === 0)).toBe(true)
    const some = results(asThePaper).filter((_, i) => i < 7)
    const [grid] = fig4.draw(some)
    expect(grid!.rows.map((row) => row.map(({ series }) => series.length))).toEqual([
      [3, 3, 3, 3, 3],
      [3, 3, 0, 0, 0],
    ])
    expect(() => fig4.draw(some).map((figure) => figureToSvg(figure))).not.toThrow()
  })
})
