import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig9 } from './fig-9.ts'

const wobble = (t: number): number => 1 + 0.1 * Math.sin(997 * t)

const asThePaper: NoisyCurves = {
  pristine: { accuracy: (t) => Math.min(1, 0.1 + 10 * t), mAlpha: (t) => 5 * wobble(t + 0.001) },
  corrupt: { accuracy: (t) => t ** 2, mAlpha: wobble },
  testAccuracy: (t) => Math.min(0.8, 0.1 + 10 * t) - 0.2 * t,
}

const swapped: NoisyCurves = {
  pristine: { accuracy: asThePaper.corrupt.accuracy, mAlpha: asThePaper.corrupt.mAlpha! },
  corrupt: { accuracy: (t) => Math.min(1, 2 * t), mAlpha: asThePaper.pristine.mAlpha! },
  testAccuracy: (t) => 0.5 + 0.3 * t,
}

/** One seed as the paper tells it, one the other way round, one in between. */
const disagreeing: readonly NoisyCurves[] = [
  asThePaper,
  swapped,
  {
    pristine: { accuracy: (t) => Math.min(1, 2 * t), mAlpha: wobble },
    corrupt: { accuracy: (t) => t, mAlpha: () => 1 },
    testAccuracy: () => 0.6,
  },
]

function results(curves: (seed: number) => NoisyCurves, { done = true, seeds = '3' } = {}): readonly RunResult[] {
  return fig9.plan('desk', { seeds }).map((spec) => madeUpNoisyRun(spec, curves(spec.seed), done))
}

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] => fig9.judge(runs).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 4 }, () => outcome)

describe('fig-9', () => {
  it('plans three seeds unless told otherwise, the same each time', () => {
    const specs = fig9.plan('desk', {})
    expect(specs.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(new Set(specs.map(runId)).size).toBe(3)
    expect(fig9.plan('desk', {}).map(runId)).toEqual(specs.map(runId))
    expect(fig9.plan('desk', { seeds: '1' })).toEqual(specs.slice(0, 1))
    expect(fig9.plan('paper', {})).toEqual([])
  })

  it('measures as many corrupt as pristine examples, and no more than there are', () => {
    for (const { data, measure } of [...fig9.plan('smoke', {}), ...fig9.plan('desk', {})]) {
      expect(measure.populations).toBe('designation')
      expect(measure.examples).toBeLessThan(0.45 * data.train!)
    }
  })

  it('keeps smoke small', () => {
    for (const { training, data } of fig9.plan('smoke', {})) expect(training.steps * data.train!).toBeLessThan(200_000)
  })

  it('judges every claim reproduced when the runs are as the paper says', () => {
    expect(outcomes(results(() => asThePaper))).toEqual(all('reproduced'))
    expect(outcomes(results(() => asThePaper, { seeds: '1' }))).toEqual(all('reproduced'))
  })

  it('says that the claims differ when they do', () => {
    expect(outcomes(results(() => swapped))).toEqual(all('differs'))
  })

  it('is inconclusive where seeds disagree', () => {
    expect(outcomes(results((seed) => disagreeing[seed - 1]!))).toEqual(all('inconclusive'))
  })

  it('is inconclusive where corrupt labels are fitted before anything was measured', () => {
    const atOnce = { ...asThePaper, corrupt: { accuracy: () => 0.5, mAlpha: wobble } }
    const [first] = fig9.judge(results(() => atOnce))
    expect(first!.outcome).toBe('inconclusive')
    expect(first!.note).toContain('no measurement')
  })

  it('compares coherence early without what comes late', () => {
    const late: NoisyCurves = {
      ...asThePaper,
      corrupt: { accuracy: (t) => t, mAlpha: (t) => (t < 0.3 ? 1 : 50) },
    }
    const [early, , throughout] = outcomes(results(() => late))
    expect([early, throughout]).toEqual(['reproduced', 'differs'])
  })

  it('does not judge what has not been run to its end', () => {
    expect(outcomes([])).toEqual(all('not run'))
    expect(outcomes([undefined, undefined, undefined])).toEqual(all('not run'))
    expect(outcomes(results(() => asThePaper, { done: false }))).toEqual(all('not run'))
  })

  it('marks every claim as a proxy: MNIST stands in for ImageNet', () => {
    expect(fig9.judge([]).every(({ proxy }) => proxy)).toBe(true)
  })

  it('draws loss, accuracy and coherence of both halves, a row for each seed', () => {
    const [figure, layers] = fig9.draw(results(() => asThePaper))
    expect(figure!.rowLabels).toEqual(['seed 1', 'seed 2', 'seed 3'])
    for (const row of figure!.rows) {
      expect(row.map(({ title }) => title)).toEqual([
        'Loss',
        'Accuracy',
        'Coherence by epoch',
        'Coherence by training loss',
      ])
      for (const { series } of row) {
        expect(series.map(({ role }) => role).filter((role) => role !== 'neutral')).toEqual(['pristine', 'corrupt'])
        for (const { points } of series) expect(points.length).toBeGreaterThan(50)
      }
    }
    expect(layers!.rows[0]!.map(({ title }) => title)).toEqual(['dense_1', 'dense_2'])
    for (const each of [figure, layers]) expect(figureToSvg(each!)).toContain('seed 3')
  })

  it('draws what there is of an unfinished run', () => {
    expect(fig9.draw([undefined]).every(({ rows }) => rows.length === 0)).toBe(true)
    expect(fig9.draw(results(() => asThePaper, { done: false, seeds: '1' }))[0]!.rowLabels).toEqual(['seed 1'])
  })
})
