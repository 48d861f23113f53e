import { openEngine } from '@coherent-gradients/engine'
import { runId, type QuantityRow } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import type { TwinsSpec } from '../specs/twins-spec.ts'
import { quickResult } from '../testing/quick-result.test-support.ts'
import { ladder, type LadderStep } from '../twins/ladder.ts'
import type { Outcome } from '../verdict.ts'
import { noiseOf, rungs, type Rung } from './twins/outcomes.ts'
import { twins } from './twins.ts'

interface World {
  readonly gap: (noise: number) => number
  readonly stability: (noise: number) => number
  readonly alpha: (noise: number) => number
  readonly distance: (noise: number) => number
  readonly violations: number
  readonly steep: number
  /** Powers of ten. */
  readonly bounds: Readonly<Record<Rung, number>>
}

function results(world: World, done = true): readonly RunResult<TwinsSpec>[] {
  return twins.plan('desk', {}).map((spec) => {
    const noise = noiseOf(spec)
    const sway = 0.001 * spec.seed
    const row = (step: number, quantity: string, value: number, item = ''): QuantityRow => ({
      step,
      series: spec.arm,
      quantity,
      item,
      value,
    })
    const { steps } = spec.training
    return {
      id: `made-up-${spec.arm}-${spec.seed}`,
      directory: '',
      spec,
      done,
      steps: [],
      evaluations: [],
      coherence: [],
      imputations: [],
      quantities: [
        ...[0, steps].flatMap((step) => [
          row(step, 'α', world.alpha(noise) + sway),
          row(step, 'gap', world.gap(noise) + sway),
          row(step, 'stability', world.stability(noise) + sway),
        ]),
        ...Array.from({ length: spec.twins }, (_, k) => row(steps, 'distance', world.distance(noise) + sway, `${k}`)),
        row(steps, 'L', 30),
        row(steps, 'β', 300),
        row(steps, 'violations', world.violations),
        row(steps, 'steep', world.steep),
        row(steps, 'fresh change', 0.3),
        ...rungs.map(([rung]) => row(steps, 'ln bound', (world.bounds[rung] + sway) * Math.LN10, rung)),
      ],
    }
  })
}

const asHoped: World = {
  gap: (noise) => 1 + noise,
  stability: (noise) => 1 + noise,
  alpha: (noise) => 0.2 - 0.1 * noise,
  distance: (noise) => 1 + noise,
  violations: 0,
  steep: 0,
  bounds: { loss: 0, distance: 1, growth: 80, 'lemma 6': 81, 'theorem 1': 82 },
}
const asFeared: World = {
  gap: (noise) => 1 + noise,
  stability: () => 0.1,
  alpha: (noise) => 0.9 + 0.05 * noise,
  distance: (noise) => 1 + noise,
  violations: 40,
  steep: 40,
  bounds: { loss: 0, distance: 1, growth: 1.2, 'lemma 6': 2, 'theorem 1': 2.5 },
}

const outcomes = (runs: readonly (RunResult<TwinsSpec> | undefined)[]): Outcome[] =>
  twins.judge(runs).map(({ outcome }) => outcome)

describe('twins', () => {
  it('plans the same runs each time, each with an id of its own', () => {
    const desk = twins.plan('desk', {})
    expect(new Set(desk.map(runId)).size).toBe(15)
    expect(twins.plan('desk', {}).map(runId)).toEqual(desk.map(runId))
    expect(twins.plan('smoke', {})).toHaveLength(4)
    const more = twins.plan('desk', { seeds: '10' }).map(runId)
    expect(more).toHaveLength(50)
    expect(more).toEqual(expect.arrayContaining(desk.map(runId)))
    expect(twins.plan('paper', {})).toEqual([])
  })

  it('says what it sees, and the opposite where it sees that', () => {
    expect(outcomes(results(asHoped))).toEqual(Array.from({ length: 7 }, () => 'reproduced'))
    expect(outcomes(results(asFeared))).toEqual(Array.from({ length: 7 }, () => 'differs'))
  })

  it('does not judge what has not been run to its end', () => {
    const never = Array.from({ length: 7 }, () => 'not run')
    expect(outcomes([])).toEqual(never)
    expect(outcomes([undefined])).toEqual(never)
    expect(outcomes(results(asHoped, false))).toEqual(never)
    expect(twins.draw([])).toEqual([])
    expect(twins.tabulate!([])).toEqual([])
  })

  it('does without what runs of an earlier version lack', () => {
    const earlier = results(asHoped).map((result) => ({
      ...result,
      quantities: result.quantities.filter(({ quantity }) => quantity !== 'steep' && quantity !== 'fresh change'),
    }))
    const said = outcomes(earlier)
    expect(said.filter((outcome) => outcome === 'not run')).toHaveLength(1)
    expect(said.filter((outcome) => outcome === 'reproduced')).toHaveLength(6)
    const [table] = twins.tabulate!(earlier)
    expect(table!.rows.find(([name]) => name === 'change of the loss on fresh examples')?.[1]).toBe('–')
  })

  it('draws the ladder by noise and tabulates it', () => {
    const [figure] = twins.draw(results(asHoped))
    expect(figure!.rows.map((row) => row.length)).toEqual([3, 3])
    const [growth, others] = figure!.rows[0]!
    expect(growth!.series.map(({ points }) => points.map(([, y]) => Math.round(y)))).toEqual([[79, 79, 79, 79, 79]])
    expect(others!.series.map(({ points }) => points.map(([, y]) => Math.round(y)))).toEqual(
      Array.from({ length: 3 }, () => [1, 1, 1, 1, 1]),
    )
    expect(figureToSvg(figure!)).not.toContain('NaN')
    const [table] = twins.tabulate!(results(asHoped))
    expect(table!.header).toHaveLength(6)
    expect(table!.rows.find(([name]) => name === 'Theorem 1')).toEqual([
      'Theorem 1',
      ...Array.from({ length: 5 }, () => '10^82.0'),
    ])
  })

  it('runs: every quantity is there, and β holds for every step', async () => {
    const [first] = twins.plan('smoke', {})
    const spec: TwinsSpec = {
      ...first!,
      data: { ...first!.data, train: 20, fresh: 20, noise: { kind: 'labels', scheme: 'bernoulli', fraction: 0.5 } },
      training: { steps: 5, batchSize: 5, learningRate: 0.1 },
      twins: 2,
      every: 2,
    }
    expect(await openEngine('wasm')()).toMatchObject({ _tag: 'Right' })
    const { quantities } = await quickResult(spec)
    const steps = (quantity: string, item = ''): number[] =>
      quantities.filter((row) => row.quantity === quantity && row.item === item).map(({ step }) => step)
    expect(steps('α')).toEqual([0, 2, 4, 5])
    expect(steps('gap')).toEqual([0, 2, 4, 5])
    expect(steps('stability')).toEqual([2, 4, 5])
    expect(steps('distance', '1')).toEqual([2, 4, 5])
    for (const once of ['fresh change', 'steep', 'violations']) expect(steps(once)).toEqual([5])
    expect(quantities.find((row) => row.quantity === 'steep')!.value).toBe(0)
    for (const [rung] of rungs) expect(steps('ln bound', rung)).toEqual([5])
    expect(quantities.every(({ value }) => Number.isFinite(value))).toBe(true)
    const bounds = rungs.map(
      ([rung]) => quantities.find((row) => row.item === rung && row.quantity === 'ln bound')!.value,
    )
    // From the distance on each rung but Lemma 6's, which holds in expectation, is above the one before.
    expect(bounds[2]!).toBeGreaterThanOrEqual(bounds[1]!)
    expect(bounds[4]!).toBeGreaterThanOrEqual(bounds[3]!)
  }, 60_000)
})

describe('ladder', () => {
  it('is the recursion of the proof, by hand', () => {
    const [rate, beta, L, m] = [0.5, 2, 3, 10]
    const steps: LadderStep[] = [
      { shares: [0.5, 0], differences: [4, Number.NaN], alpha: 0.5, meanSquaredNorm: 4 },
      { shares: [0, 0.5], differences: [Number.NaN, 2], alpha: -0.1, meanSquaredNorm: 1 },
    ]
    const found = ladder(steps, { learningRate: rate, lipschitz: L, smoothness: beta, examples: m })
    // Growth is by 2. Twin 0: 1, then 2. Twin 1: 0, then 0.5.
    expect(Math.exp(found.logGrowth)).toBeCloseTo((2 + 0.5) / 2, 12)
    const [first, second] = [(rate / m) * 1 * 2, (rate / m) * Math.SQRT2 * 1]
    expect(Math.exp(found.logLemma6)).toBeCloseTo(2 * first + second, 12)
    expect(Math.exp(found.logTheorem)).toBeCloseTo((rate / m) * L * (2 * 1 + Math.SQRT2), 12)
  })
})
