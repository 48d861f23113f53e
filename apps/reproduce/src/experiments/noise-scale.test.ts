import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { noiseScale } from './noise-scale.ts'
import { noiseScaleOf, noiseScalesOf, TARGET } from './noise-scale/noise-scales.ts'

interface World {
  /** Steps to the target with a batch size, at its best learning rate. */
  readonly steps: (batchSize: number) => number
  /** (1 − α)/α at a share of the way there. */
  readonly scale: (way: number) => number
}

const lawful: World = { steps: (size) => 100 * (1 + 90 / size), scale: (way) => (way < 0.5 ? 50 : 200) }
const lawless: World = {
  steps: (size) => ({ 8: 1500, 24: 300, 72: 300, 216: 200 })[size] ?? 100,
  scale: () => 1e5,
}

/** Runs whose loss falls evenly in its logarithm; the third learning rate of each batch size is the best, the others take twice as long. */
function runs({ steps, scale }: World): readonly RunResult[] {
  const specs = noiseScale.plan('desk', { seeds: '3' })
  return specs.map((spec) => {
    const { batchSize, learningRate, steps: most } = spec.training
    const rates = specs.filter((each) => each.training.batchSize === batchSize && each.seed === spec.seed)
    const best = rates[2]!.training.learningRate
    const needed = steps(batchSize) * (learningRate === best ? 1 : 2)
    const run = madeUpRun(spec, { loss: () => 1, mAlpha: () => 1, trainAccuracy: () => 1, testAccuracy: () => 1 })
    const at = Array.from({ length: 51 }, (_, i) => (most * i) / 50)
    const loss = (step: number): number => 2.4 * (TARGET / 2.4) ** (step / needed)
    const [evaluation, coherence] = [run.evaluations[0]!, run.coherence[0]!]
    return {
      ...run,
      evaluations: at.map((step) => ({ ...evaluation, step, split: 'train', loss: loss(step) })),
      coherence:
        spec.measure.coherence.length === 0
          ? []
          : at.map((step) => ({
              ...coherence,
              step,
              loss: loss(step),
              alphaDebiased: 1 / (1 + scale(step / needed)),
            })),
    }
  })
}

const outcomes = (results: readonly (RunResult | undefined)[]): Outcome[] =>
  noiseScale.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 5 }, () => outcome)

describe('noise-scale', () => {
  it('measures α with the largest batch alone, and tunes the learning rate of each', () => {
    const specs = noiseScale.plan('desk', {})
    const measured = specs.filter(({ measure }) => measure.coherence.length > 0)
    expect(new Set(measured.map(({ training }) => training.batchSize))).toEqual(new Set([648]))
    expect(new Set(specs.map(({ seed }) => seed)).size).toBe(3)
    expect(specs.length).toBe(3 * 5 * 4)
  })

  it('reads the steps between evaluations, the best learning rate, and both noise scales', () => {
    const [seed] = noiseScalesOf(runs(lawful))
    expect(seed!.best.map(({ batchSize, learningRate }) => [batchSize, learningRate])).toEqual([
      [8, 0.16],
      [24, 0.32],
      [72, 0.64],
      [216, 0.64],
      [648, 0.64],
    ])
    for (const { batchSize, steps } of seed!.best) expect(steps).toBeCloseTo(lawful.steps(batchSize), 6)
    expect([seed!.fitted.leastSteps, seed!.fitted.noiseScale]).toEqual([expect.closeTo(100, 6), expect.closeTo(90, 6)])
    expect(seed!.predicted.noiseScale).toBeGreaterThan(50)
    expect(seed!.predicted.noiseScale).toBeLessThan(200)
  })

  it('is (1 − α)/α of moments together, which a single α of 0 doesn’t carry away', () => {
    const moment = (squareOfMean: number) => ({ loss: 1, meanSquare: 1, squareOfMean })
    expect(noiseScaleOf([moment(0.01)])).toBeCloseTo(99)
    expect(noiseScaleOf([moment(0.02), moment(0)])).toBeCloseTo(99)
    expect(noiseScaleOf([moment(-0.001)])).toBe(Infinity)
  })

  it('finds the law, and what follows none', () => {
    expect(outcomes(runs(lawful))).toEqual(all('reproduced'))
    expect(outcomes(runs(lawless))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('says nothing of a seed of which a batch size never came there', () => {
    const results = runs(lawful).map((run) =>
      run.spec.training.batchSize === 72 && run.spec.seed === 2 ? { ...run, evaluations: [] } : run,
    )
    expect(noiseScalesOf(results).map(({ seed }) => seed)).toEqual([1, 3])
  })

  it('draws steps, the noise scale and the learning rates', () => {
    const [figure] = noiseScale.draw(runs(lawful))
    expect(figure!.rows[0]!.map(({ title }) => title)).toEqual([
      'Steps to the loss',
      'The noise scale',
      'Learning rates',
    ])
    expect(figureToSvg(figure!)).toContain('foretold by α')
    expect(figureToSvg(noiseScale.draw([])[0]!)).toContain('How large a batch helps')
  })
})
