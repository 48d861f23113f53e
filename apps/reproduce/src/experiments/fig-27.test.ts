import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun, type NoisyCurves } from '../testing/made-up-noisy-run.test-support.ts'
import { fig27 } from './fig-27.ts'
import { fallOf } from './fig-27/fall-of.ts'
import { cellOf, type Cell } from './m3/pairs.ts'
import { ruleOf } from './m3/rules.ts'

type Curves = (rule: 'M3' | 'A3', cell: Cell) => NoisyCurves

/** The median prevents less at larger micro-batches; each has a learning rate of its own, and the highest are unstable. */
const asThePaper: Curves = (rule, { microBatch, learningRate }) => {
  const miss = Math.abs(Math.log10(learningRate / (0.01 * Math.sqrt(microBatch))))
  const drop = (t: number): number => (learningRate > 0.2 && t > 0.6 ? 0.3 : 0)
  return {
    pristine: { accuracy: (t) => Math.min(1, 5 * t) - drop(t) },
    corrupt: { accuracy: (t) => t * (rule === 'A3' ? 0.9 : Math.min(0.9, 0.01 * microBatch)) },
    testAccuracy: () => 0.8 - 0.2 * miss,
  }
}

/** The other way round: less is prevented at small micro-batches, all rates do alike, and nothing falls. */
const upsideDown: Curves = (rule, { microBatch }) => ({
  pristine: { accuracy: (t) => t },
  corrupt: { accuracy: (t) => t * (rule === 'A3' ? 0.9 : 0.9 - 0.01 * microBatch) },
  testAccuracy: () => 0.7,
})

const results = (curves: Curves): readonly RunResult[] =>
  fig27.plan('desk', {}).map((spec) => {
    const run = { spec } as RunResult
    return madeUpNoisyRun({ ...spec, training: { ...spec.training, steps: 1200 } }, curves(ruleOf(run)!, cellOf(run)))
  })

const outcomes = (runs: readonly (RunResult | undefined)[]): string[] => fig27.judge(runs).map(({ outcome }) => outcome)

describe('fig-27', () => {
  it('plans every micro-batch at every learning rate by both rules, for as many epochs', () => {
    const specs = fig27.plan('desk', {})
    expect(new Set(specs.map(runId)).size).toBe(96)
    for (const { training, data } of specs) expect(training.steps * training.batchSize).toBe(50 * data.train!)
    expect(fig27.plan('smoke', {})).toHaveLength(8)
    expect(fig27.plan('paper', {})).toEqual([])
  })

  it('judges every claim, either way', () => {
    expect(outcomes(results(asThePaper))).toEqual(['reproduced', 'reproduced', 'reproduced'])
    expect(outcomes(results(upsideDown))).toEqual(['differs', 'differs', 'differs'])
    expect(outcomes([])).toEqual(['not run', 'not run', 'not run'])
  })

  it('judges no seed of which runs are missing', () => {
    const some = results(asThePaper).filter((run) => run.spec.seed !== 2 || cellOf(run).microBatch < 64)
    expect(fig27.judge(some)[1]!.note).not.toContain('Seed 2')
  })

  it('counts a loss that stopped being a number as a fall', () => {
    const [run] = results(asThePaper)
    const spec = { ...run!.spec, training: { ...run!.spec.training, steps: 5000 } }
    expect(fallOf({ ...run!, spec })).toBeGreaterThan(fallOf(run!))
  })

  it('draws a column for each micro-batch, with the mean over seeds and each of them', () => {
    const [rates, curves] = fig27.draw(results(asThePaper))
    for (const figure of [rates!, curves!]) {
      for (const row of figure.rows) {
        expect(row.map(({ title }) => title)).toEqual(['1', '4', '16', '64'].map((size) => `micro-batch ${size}`))
      }
      expect(figureToSvg(figure)).toContain('micro-batch 64')
    }
    const { series } = rates!.rows[0]![0]!
    expect(series.map(({ name, points }) => [name, points.length])).toEqual([
      ['M3', 4],
      ['M3', 12],
      ['A3', 4],
      ['A3', 12],
    ])
    expect(fig27.draw([]).every(({ rows }) => rows.length === 0)).toBe(true)
  })
})
