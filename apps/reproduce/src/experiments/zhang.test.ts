import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { zhang } from './zhang.ts'

/** How a run of some arm ends: at which epoch, how well on training and on test examples, and its m·α. */
type End = (arm: string) => readonly [epochs: number, train: number, test: number, mAlpha: number]

function runs(end: End): readonly RunResult[] {
  return zhang.plan('desk', { seeds: '3' }).map((spec) => {
    const [epochs, train, test, mAlpha] = end(spec.arm)
    const lift = 1 + 0.001 * spec.seed
    const run = madeUpRun(spec, {
      loss: () => 1,
      mAlpha: () => mAlpha * lift,
      trainAccuracy: () => train,
      testAccuracy: () => test,
    })
    return { ...run, evaluations: run.evaluations.map((row) => ({ ...row, epoch: (row.epoch / 60) * epochs * lift })) }
  })
}

const tests: Readonly<Record<string, number>> = {
  'true labels': 0.9,
  '25% of labels random': 0.7,
  '50% of labels random': 0.5,
  '75% of labels random': 0.3,
  'true labels, weight decay': 0.91,
  'true labels, dropout': 0.92,
  'true labels, augmentation': 0.94,
}
const asZhang: End = (arm) => [
  arm.includes('random labels') ? 50 : 20,
  1,
  tests[arm] ?? 0.1,
  arm === 'true labels' ? 20 : 2,
]
const otherWay: End = (arm) => [
  arm === 'gaussian' ? 900 : arm === 'random labels' ? 300 : 10,
  0.5,
  arm.startsWith('true labels,') ? 0.5 : arm === 'true labels' ? 0.3 : 0.4,
  2,
]

const shift = { kind: 'random-shift', pixels: 2 }

const outcomes = (results: readonly RunResult[]): Outcome[] => zhang.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 14 }, () => outcome)

describe('zhang', () => {
  it('plans every kind of data from the same weights, and regularisers for some', () => {
    const specs = zhang.plan('desk', { seeds: '1' })
    expect(new Set(specs.map(runId)).size).toBe(14)
    expect(specs.filter(({ training }) => training.weightDecay !== undefined)).toHaveLength(2)
    expect(specs.filter(({ model }) => model.kind === 'mlp' && model.dropout === 0.5)).toHaveLength(2)
    const augmented = ({ data }: TrainingSpec): unknown => data.augment
    expect(specs.map(augmented).filter(Boolean)).toEqual([shift, shift])
    const photographs = zhang.plan('desk', { seeds: '1', dataset: 'cifar10' })
    expect(photographs[0]!.data.dataset).toBe('cifar10')
    expect(photographs.map(augmented).find(Boolean)).toEqual({ ...shift, pixels: 4, flip: true })
  })

  it('finds what was found before, and what was not', () => {
    expect(outcomes(runs(asZhang))).toEqual(all('reproduced'))
    expect(outcomes(runs(otherWay))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('tabulates every kind of data, and draws the sweep of random labels', () => {
    const made = runs(asZhang)
    expect(zhang.tabulate!(made)[0]!.rows).toHaveLength(14)
    const [fits, sweep] = zhang.draw(made)
    expect(figureToSvg(fits!)).toContain('gaussian')
    expect(sweep!.rows[0]!.every((panel) => panel.series.every(({ points }) => points.length === 5))).toBe(true)
    expect(zhang.draw([undefined]).every(({ rows }) => rows.length === 0)).toBe(true)
  })
})
