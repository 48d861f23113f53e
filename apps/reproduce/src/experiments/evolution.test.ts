import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun, type Curve } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { evolution } from './evolution.ts'

const parabola: Curve = (t) => 1 + 20 * Math.exp(-(((t - 0.4) / 0.12) ** 2))
const falling: Curve = (t) => 1 + 20 * (1 - t) ** 4
const rising: Curve = (t) => 5 + 20 * t

function runs(mlpOnReal: Curve, others: Curve): readonly RunResult[] {
  const flat = (): number => 1
  return evolution.plan('desk', { seeds: '3' }).map((spec) =>
    madeUpRun(spec, {
      loss: flat,
      mAlpha: (t) => (1 + 0.001 * spec.seed) * (spec.arm === 'MLP, real' ? mlpOnReal : others)(t),
      trainAccuracy: flat,
      testAccuracy: flat,
    }),
  )
}
const outcomes = (results: readonly RunResult[]): Outcome[] => evolution.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 20 }, () => outcome)

describe('evolution', () => {
  it('plans every network on both kinds of data', () => {
    const specs = evolution.plan('desk', { seeds: '1', dataset: 'cifar10' })
    expect(specs.map(({ model }) => model.kind)).toEqual(
      ['mlp', 'cnn', 'vgg', 'inception', 'resnet'].flatMap((kind) => [kind, kind]),
    )
    expect(specs.every(({ data }) => data.dataset === 'cifar10')).toBe(true)
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs(falling, parabola))).toEqual(all('reproduced'))
    expect(
      outcomes(
        runs(
          (t) => 5 + 50 * t,
          (t) => rising(1 - t),
        ),
      ),
    ).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('tells why coherence didn’t rise: it starts high, or stays at the orthogonal limit', () => {
    const notes = (others: Curve): readonly string[] =>
      evolution
        .judge(runs(falling, others))
        .filter(({ claim, outcome }) => outcome === 'differs' && claim.includes('starts low'))
        .map(({ note = '' }) => note)
    expect(notes((t) => rising(1 - t)).every((note) => note.startsWith('It starts high:'))).toBe(true)
    expect(notes(() => 1).every((note) => note.startsWith('It never leaves the neighbourhood'))).toBe(true)
    expect(notes(() => 1)).toHaveLength(9)
    expect(notes(parabola)).toEqual([])
  })

  it('draws a column for each network', () => {
    const [figure] = evolution.draw(runs(falling, parabola))
    expect(figure!.rows.map((row) => row.map(({ title }) => title))).toEqual(
      ['real', 'random'].map(() => ['MLP', 'CNN', 'VGG', 'Inception', 'ResNet']),
    )
    expect(figureToSvg(figure!)).toContain('Inception')
    expect(evolution.draw([undefined])[0]!.rows).toEqual([])
  })
})
