import { openEngine } from '@coherent-gradients/engine'
import { runId, type QuantityRow } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import type { EasyAndHardSpec } from '../specs/easy-and-hard-spec.ts'
import { quickResult } from '../testing/quick-result.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { type Kind, kinds } from './fig-7/outcome.ts'
import { overSeeds } from './fig-7/over-seeds.ts'
import { fig7 } from './fig-7.ts'
import { fig8 } from './fig-8.ts'

interface World {
  /** m·α of each kind, alone with its like and among all. */
  readonly coherence: Readonly<Record<Kind, number>>
  /** Test accuracy, trained on the first and tested on the second. */
  readonly accuracy: Readonly<Record<`${Kind} ${Kind}`, number>>
  /** The step at which a kind's training examples are fitted. */
  readonly learned: Readonly<Record<Kind, number>>
  /** Steps to fit one. */
  readonly alone: Readonly<Record<Kind, number>>
}

const asThePaper: World = {
  coherence: { easy: 20, hard: 5 },
  accuracy: { 'easy easy': 0.71, 'easy hard': 0.1, 'hard easy': 0.17, 'hard hard': 0.2 },
  learned: { easy: 10, hard: 40 },
  alone: { easy: 100, hard: 103 },
}
const theOpposite: World = {
  coherence: { easy: 5, hard: 20 },
  accuracy: { 'easy easy': 0.2, 'easy hard': 0.1, 'hard easy': 0.9, 'hard hard': 0.9 },
  learned: { easy: 40, hard: 10 },
  alone: { easy: 100, hard: 200 },
}

function results(world: World, done = true): readonly RunResult<EasyAndHardSpec>[] {
  return fig7.plan('desk', {}).map((spec) => {
    const sway = 1 + 0.001 * spec.seed
    const quantities: QuantityRow[] = []
    const row = (series: string, step: number, quantity: string, item: string, value: number): void =>
      void quantities.push({ step, series, quantity, item, value })
    for (const kind of kinds) {
      for (let step = 0; step <= 100; step += 10) {
        row(kind, step, 'loss', 'train', Math.exp(-step / 20))
        row(kind, step, 'accuracy', 'train', step < world.learned[kind] ? 0.5 : 1)
        for (const other of kinds) {
          row(kind, step, 'accuracy', `test ${other}`, world.accuracy[`${kind} ${other}`] * sway)
          row(kind, step, 'loss', `test ${other}`, 1)
        }
        row(kind, step, 'm·α', 'train', world.coherence[kind] * (kind === 'easy' ? sway : 1))
        row(kind, step, 'm·α', 'layer:dense_1', world.coherence[kind])
        row('together', step, 'accuracy', kind, 0.9)
        row('together', step, 'm·α', kind, world.coherence[kind] * (kind === 'easy' ? sway : 1))
      }
      for (let pair = 0; pair < spec.alone.pairs; pair++) {
        row('alone', 0, 'steps', `${kind} ${pair}`, world.alone[kind] * (kind === 'easy' ? sway : 1))
        row('alone', 0, 'norm', `${kind} ${pair}`, 3)
      }
    }
    const none = { steps: [], evaluations: [], coherence: [], imputations: [] }
    return { id: `made-up-${spec.seed}`, directory: '', spec, done, ...none, quantities }
  })
}

const outcomes = (runs: readonly RunResult<EasyAndHardSpec>[]): Outcome[] =>
  [fig7, fig8].flatMap((experiment) => experiment.judge(runs)).map(({ outcome }) => outcome)
const seven = (outcome: Outcome): Outcome[] => Array.from({ length: 7 }, () => outcome)

describe('figures 7 and 8', () => {
  it('share their runs, each of which has an id of its own', () => {
    const ids = fig7.plan('desk', {}).map(runId)
    expect(new Set(ids).size).toBe(3)
    expect(fig8.plan('desk', {}).map(runId)).toEqual(ids)
    expect(fig7.plan('smoke', { seeds: '1' })).toHaveLength(1)
    expect(fig7.plan('paper', {})).toEqual([])
  })

  it('say what they see, and the opposite where they see that', () => {
    expect(outcomes(results(asThePaper))).toEqual(seven('reproduced'))
    expect(outcomes(results(theOpposite))).toEqual(seven('differs'))
  })

  it('call it no equivalence where seeds are too far apart to tell', () => {
    const runs = results(asThePaper).map((run) => ({
      ...run,
      quantities: run.quantities.map((row) =>
        row.quantity === 'steps' && row.item.startsWith('hard')
          ? { ...row, value: row.value * 2 ** (run.spec.seed - 2) }
          : row,
      ),
    }))
    expect(fig7.judge(runs).at(-1)!.outcome).toBe('inconclusive')
  })

  it('do not judge or draw what has not been run to its end', () => {
    expect(outcomes([])).toEqual(seven('not run'))
    expect(outcomes(results(asThePaper, false))).toEqual(seven('not run'))
    expect(fig7.draw(results(asThePaper, false))).toEqual([])
  })

  it('draw every seed', () => {
    for (const figure of [...fig7.draw(results(asThePaper)), ...fig8.draw(results(asThePaper))]) {
      expect(figureToSvg(figure)).toContain('<svg')
      const means = figure.rows
        .flat()
        .flatMap(({ series }) => series)
        .filter(({ seeds }) => seeds !== undefined)
      expect(means.length).toBeGreaterThan(0)
      for (const { seeds } of means) expect(seeds).toHaveLength(3)
    }
  })

  it('measure on a small set what they are drawn from', async () => {
    await openEngine('wasm')()
    const [smoke] = fig7.plan('smoke', { seeds: '1' })
    const spec: EasyAndHardSpec = {
      ...smoke!,
      data: { dataset: 'mnist', pool: 6000, perClass: { train: 2, test: 1 } },
      model: { kind: 'mlp', hidden: [16] },
      scoring: { runs: 2, steps: 60, batchSize: 20, learningRate: 0.1 },
      apart: { steps: 12, batchSize: 10, learningRate: 0.1, every: 5 },
      together: { steps: 12, batchSize: 10, learningRate: 0.1, every: 5 },
      alone: { pairs: 2, steps: 20, learningRate: 0.01, fitted: 0.1 },
    }
    const run = await quickResult(spec)
    const found = new Set(run.quantities.map(({ series, quantity, item }) => `${series}: ${quantity} ${item}`))
    for (const kind of kinds) {
      for (const part of ['train', 'test easy', 'test hard']) expect(found).toContain(`${kind}: accuracy ${part}`)
      expect(found).toContain(`${kind}: m·α train`)
      expect(found).toContain(`${kind}: m·α layer:dense_1`)
      expect(found).toContain(`together: m·α ${kind}`)
      for (const pair of [0, 1]) expect(found).toContain(`alone: steps ${kind} ${pair}`)
    }
    expect(run.quantities.every(({ value }) => Number.isFinite(value))).toBe(true)
    expect(fig7.judge([run]).map(({ outcome }) => outcome)).not.toContain('not run')
  })
})

describe('overSeeds', () => {
  it('draws the mean where all seeds were measured, and each seed as it was', () => {
    const curves = [
      [
        [0, 1],
        [1, 4],
      ],
      [
        [0, 3],
        [2, 5],
      ],
    ] as const
    expect(overSeeds(curves)).toEqual({ points: [[0, 2]], seeds: curves })
    expect(overSeeds(curves, 'log').points[0]![1]).toBeCloseTo(Math.sqrt(3), 12)
    expect(overSeeds([curves[0]])).toEqual({ points: curves[0] })
  })
})
