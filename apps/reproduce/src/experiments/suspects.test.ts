import { runId } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import { criteria, stages, type Criterion, type Stage } from '../suspects/scores.ts'
import { falseAlarms } from '../suspects/judged-rankings.ts'
import type { Outcome } from '../verdict.ts'
import type { Ranked } from './suspects/rankings.ts'
import { suspects } from './suspects.ts'

/** How well a criterion does at a stage, as average precision and as area. */
type World = (criterion: Criterion, stage: Stage) => number

function results(world: World, done = true): readonly Ranked[] {
  return suspects.plan('desk', {}).map((spec) => ({
    id: `made-up-${spec.arm}-${spec.seed}`,
    directory: '',
    spec,
    done,
    steps: [],
    evaluations: [],
    coherence: [],
    imputations: [],
    quantities: [
      { step: 0, series: 'labels', quantity: 'share of wrong labels', item: '', value: 0.2 },
      ...criteria.flatMap((criterion) =>
        stages.flatMap((stage) => {
          const value = world(criterion, stage) + 0.001 * spec.seed
          const row = { step: 0, series: criterion }
          return [
            { ...row, quantity: 'average precision', item: stage, value },
            { ...row, quantity: 'area under the ROC curve', item: stage, value },
            ...falseAlarms.map((rate) => ({
              ...row,
              quantity: 'wrong labels found',
              item: `${stage} at ${rate}`,
              value: Math.max(rate, value),
            })),
          ]
        }),
      ),
    ],
  }))
}

const outcomes = (runs: readonly (Ranked | undefined)[]): Outcome[] =>
  suspects.judge(runs).map(({ outcome }) => outcome)

const asHoped: World = (criterion, stage) =>
  criterion === 'help' ? { first: 0.95, early: 0.9, late: 0.6, throughout: 0.9 }[stage] : 0.5
const asFeared: World = (criterion, stage) =>
  criterion === 'help' ? { first: 0.5, early: 0.5, late: 0.6, throughout: 0.5 }[stage] : 0.9

describe('suspects', () => {
  it('plans the same runs each time, each with an id of its own', () => {
    const desk = suspects.plan('desk', {})
    expect(new Set(desk.map(runId)).size).toBe(15)
    expect(suspects.plan('desk', {}).map(runId)).toEqual(desk.map(runId))
    expect(suspects.plan('smoke', {})).toHaveLength(1)
    expect(suspects.plan('paper', {})).toEqual([])
  })

  it('says that help finds wrong labels where it does, and that it doesn’t where not', () => {
    expect(outcomes(results(asHoped))).toEqual(Array.from({ length: 5 }, () => 'reproduced'))
    expect(outcomes(results(asFeared))).toEqual(Array.from({ length: 5 }, () => 'differs'))
  })

  it('does not judge what has not been run to its end', () => {
    const never = Array.from({ length: 5 }, () => 'not run')
    expect(outcomes([])).toEqual(never)
    expect(outcomes(results(asHoped, false))).toEqual(never)
  })

  it('draws a curve a criterion, from nothing to all, and tabulates every ranking', () => {
    const [figure] = suspects.draw(results(asHoped))
    expect(figure!.rows.map((row) => row.length)).toEqual([5, 5, 5, 5])
    for (const { series } of figure!.rows.flat()) {
      expect(series.map(({ name }) => name)).toEqual([...criteria])
      for (const { points } of series)
        expect([points[0], points.at(-1)]).toEqual([
          [0, 0],
          [1, 1],
        ])
    }
    expect(figureToSvg(figure!)).toContain('pair-flipped 20%')
    expect(suspects.draw([])[0]!.rows).toEqual([])
    const [precision] = suspects.tabulate!(results(asHoped))
    expect(precision!.rows.map(([name]) => name)).toHaveLength(1 + 4 * 4 + 1)
    expect(precision!.rows[0]).toEqual(['chance', '20.0', '20.0', '20.0', '20.0', '20.0'])
    expect(suspects.tabulate!([])).toEqual([])
  })
})
