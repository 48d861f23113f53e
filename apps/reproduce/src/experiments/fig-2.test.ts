import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun, type MadeUpCurves } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig2 } from './fig-2.ts'

const bump =
  (height: number, at: number) =>
  (t: number): number =>
    1 + height * Math.exp(-(((t - at) / 0.1) ** 2))

const real: MadeUpCurves = {
  loss: (t) => 2.3 * Math.exp(-5 * t),
  mAlpha: bump(50, 0.2),
  trainAccuracy: (t) => Math.min(1, 2 * t),
  testAccuracy: (t) => 0.9 * t,
}
const random: MadeUpCurves = { ...real, mAlpha: bump(15, 0.7), testAccuracy: () => 0.1 }

function runs(ofReal: MadeUpCurves, ofRandom: MadeUpCurves, done: boolean = true): readonly RunResult[] {
  return fig2.plan('desk', { seeds: '3' }).map((spec) => {
    const curves = spec.arm === 'real' ? ofReal : ofRandom
    const lift = 1 + 0.01 * spec.seed
    return madeUpRun(spec, { ...curves, mAlpha: (t) => lift * curves.mAlpha(t) }, done)
  })
}
const outcomes = (results: readonly RunResult[]): Outcome[] => fig2.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 5 }, () => outcome)

describe('fig-2', () => {
  it('plans both arms for each seed, from the same weights, and the paper’s own setting', () => {
    const specs = fig2.plan('desk', { seeds: '3' })
    expect(specs.map(({ seed }) => seed)).toEqual([1, 1, 2, 2, 3, 3])
    expect(new Set(specs.map(runId)).size).toBe(6)
    const [paper] = fig2.plan('paper', { seeds: '1' })
    expect(paper).toMatchObject({
      data: { dataset: 'imagenet' },
      model: { kind: 'alexnet' },
      training: { batchSize: 4096, learningRate: 0.01 },
      measure: { examples: 50_000 },
    })
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs(real, random))).toEqual(all('reproduced'))
    const otherWay = { ...real, mAlpha: bump(3, 0.9), trainAccuracy: () => 0.5, testAccuracy: () => 0.1 }
    expect(outcomes(runs(otherWay, { ...random, mAlpha: bump(3, 0.2) }))).toEqual(all('differs'))
    expect(outcomes(runs(real, random, false))).toEqual(all('not run'))
  })

  it('is a proxy unless it is ImageNet', () => {
    expect(fig2.judge(runs(real, random)).every(({ proxy }) => proxy)).toBe(true)
    const paper = fig2.plan('paper', { seeds: '1' }).map((spec) => madeUpRun(spec, real))
    expect(fig2.judge(paper).some(({ proxy }) => proxy)).toBe(false)
  })

  it('draws a row for each arm, and what there is of an unfinished run', () => {
    const [figure] = fig2.draw(runs(real, random, false))
    expect(figure!.rowLabels).toEqual(['real', 'random'])
    expect(figureToSvg(figure!)).toContain('AlexNet')
    expect(fig2.draw([undefined])[0]!.rows).toEqual([])
  })
})
