import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun, type Curve, type MadeUpCurves } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig1 } from './fig-1.ts'

const falling: Curve = (t) => Math.log(10) * Math.exp(-5 * t)
const rising: Curve = (t) => Math.min(1, 0.1 + 0.95 * t)
const wobble: Curve = (t) => 1 + 0.1 * Math.sin(997 * t)

const learning: MadeUpCurves = {
  loss: falling,
  mAlpha: (t) => 8 * wobble(t),
  trainAccuracy: rising,
  testAccuracy: (t) => 0.9 * rising(t),
}
const memorising: MadeUpCurves = { loss: falling, mAlpha: wobble, trainAccuracy: rising, testAccuracy: () => 0.1 }

function outcomes(real: MadeUpCurves | undefined, random: MadeUpCurves | undefined, done = true): Outcome[] {
  const [realSpec, randomSpec] = fig1.plan('desk', {})
  const run = (spec: typeof realSpec, curves: MadeUpCurves | undefined): RunResult | undefined =>
    curves && madeUpRun(spec!, curves, done)
  return fig1.judge([run(realSpec, real), run(randomSpec, random)]).map((verdict) => verdict.outcome)
}

describe('fig-1', () => {
  it('plans the same runs each time, real and random from the same weights, subset and order', () => {
    const specs = fig1.plan('desk', {})
    expect(specs.map((spec) => spec.arm)).toEqual(['real', 'random'])
    expect(new Set(specs.map((spec) => spec.seed)).size).toBe(1)
    expect(fig1.plan('desk', {}).map(runId)).toEqual(specs.map(runId))
    expect(fig1.plan('desk', { random: 'labels' })[0]).toEqual(specs[0])
    expect(fig1.plan('desk', { seeds: '3' }).map((spec) => spec.seed)).toEqual([1, 1, 2, 2, 3, 3])
    expect(fig1.plan('paper', {})).toEqual([])
  })

  it('keeps smoke small', () => {
    for (const { training, data } of fig1.plan('smoke', {})) expect(training.steps * data.train!).toBeLessThan(100_000)
  })

  it('judges every claim reproduced when the runs are as the paper says', () => {
    expect(outcomes(learning, memorising)).toEqual(['reproduced', 'reproduced', 'reproduced', 'reproduced'])
  })

  it('says that a claim differs', () => {
    const stuck = { ...memorising, trainAccuracy: () => 0.5 }
    expect(outcomes(learning, stuck)[0]).toBe('differs')
    expect(outcomes({ ...learning, testAccuracy: () => 0.3 }, memorising)[1]).toBe('differs')
    expect(outcomes(learning, { ...memorising, mAlpha: () => 20 })[2]).toBe('differs')
    expect(outcomes(learning, { ...memorising, mAlpha: learning.mAlpha })[3]).toBe('differs')
  })

  it('is inconclusive where an interval straddles the threshold', () => {
    const sometimesHigh: Curve = (t) => (Math.sin(997 * t) > -0.9 ? 2 : 8)
    expect(outcomes(learning, { ...memorising, mAlpha: sometimesHigh })[2]).toBe('inconclusive')
    const varied: Curve = (t) => (t < 0.2 ? 12 : 2)
    expect(outcomes({ ...learning, mAlpha: varied }, memorising)[3]).toBe('inconclusive')
  })

  it('does not judge what has not been run to its end', () => {
    expect(outcomes(undefined, undefined)).toEqual(['not run', 'not run', 'not run', 'not run'])
    expect(outcomes(learning, memorising, false)).toEqual(['not run', 'not run', 'not run', 'not run'])
    expect(outcomes(learning, undefined)).toEqual(['not run', 'not run', 'not run', 'not run'])
  })

  it('marks every claim as a proxy: MNIST stands in for ImageNet', () => {
    expect(fig1.judge([]).every((verdict) => verdict.proxy)).toBe(true)
  })

  it('draws the paper’s four columns, a row for each arm', () => {
    const [realSpec, randomSpec] = fig1.plan('desk', {})
    const [figure, layers] = fig1.draw([madeUpRun(realSpec!, learning), madeUpRun(randomSpec!, memorising)])
    expect(figure!.rowLabels).toEqual(['real', 'random'])
    expect(figure!.rows.map((row) => row.map((panel) => panel.title))).toEqual(
      Array.from({ length: 2 }, () => ['Loss', 'Accuracy', 'Coherence by epoch', 'Coherence by training loss']),
    )
    expect(layers!.rows[0]!.map((panel) => panel.title)).toEqual(['dense_1', 'dense_2'])
    expect(figureToSvg(figure!)).toMatchSnapshot()
  })

  it('draws what there is of an unfinished run', () => {
    expect(fig1.draw([undefined, undefined]).every((figure) => figure.rows.length === 0)).toBe(true)
    const [realSpec] = fig1.plan('desk', {})
    expect(fig1.draw([madeUpRun(realSpec!, learning, false), undefined])[0]!.rowLabels).toEqual(['real'])
  })
})
