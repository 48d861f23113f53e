import { makeAggregator } from '@coherent-gradients/aggregators'
import { runId } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpNoisyRun } from '../testing/made-up-noisy-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { labelNoise } from './label-noise.ts'
import { methods } from './label-noise/methods.ts'

/** How well a method does in the end, by its name: on clean test examples, and on the wrong labels. */
type Worlds = (method: string) => { readonly test: number; readonly corrupt: number; readonly early?: number }

/** Finished runs whose validation accuracy follows test accuracy, with a peak early on where `early` says so. */
function results(world: Worlds, done = true): readonly RunResult[] {
  return labelNoise.plan('desk', {}).map((spec) => {
    const name = methods(1).find((each) => spec.arm.endsWith(` ${each.name}`))!.name
    const { test, corrupt, early = test } = world(name)
    const jitter = 0.001 * spec.seed
    const curve = (t: number): number => (t > 0.2 && t < 0.4 ? early : test) * Math.min(1, 20 * t) + jitter
    const run = madeUpNoisyRun(
      spec,
      {
        pristine: { accuracy: (t) => Math.min(1, 2 * t) },
        corrupt: { accuracy: (t) => corrupt * t + jitter },
        testAccuracy: curve,
      },
      done,
    )
    const validation = run.evaluations
      .filter(({ split }) => split === 'test')
      .map((row) => ({ ...row, split: 'validation', accuracy: 0.5 * row.accuracy }))
    return { ...run, evaluations: [...run.evaluations, ...validation] }
  })
}

const outcomes = (runs: readonly (RunResult | undefined)[]): Outcome[] =>
  labelNoise.judge(runs).map(({ outcome }) => outcome)
const isRule = (name: string): boolean => methods(1).find((each) => each.name === name)!.kind === 'rule'

/** Rules do what their friends hope. */
const helpful: Worlds = (name) =>
  isRule(name) ? { test: 0.85, corrupt: 0.1 } : { test: 0.5, early: 0.75, corrupt: 0.95 }
/** They memorise more, and nothing comes near plain SGD that is stopped. */
const harmful: Worlds = (name) =>
  isRule(name) ? { test: 0.4, corrupt: 0.98 } : { test: 0.5, early: 0.75, corrupt: 0.5 }

describe('label-noise', () => {
  it('plans the same runs each time, each with an id of its own', () => {
    const desk = labelNoise.plan('desk', {})
    expect(new Set(desk.map(runId)).size).toBe(desk.length)
    expect(labelNoise.plan('desk', {}).map(runId)).toEqual(desk.map(runId))
    expect(new Set(desk.map(({ data }) => data.dataset))).toEqual(new Set(['mnist', 'difficulty']))
    const cifar = labelNoise.plan('desk', { second: 'cifar10' })
    expect(new Set(cifar.map(({ data }) => data.dataset))).toEqual(new Set(['mnist', 'cifar10']))
    expect(labelNoise.plan('paper', {})).toEqual([])
    const smoke = labelNoise.plan('smoke', {})
    expect(smoke.reduce((sum, { training }) => sum + training.steps, 0)).toBeLessThanOrEqual(1000)
  })

  it('gives every method the same data, budget and start', () => {
    const same = labelNoise
      .plan('desk', {})
      .map(({ data, model, training, seed }) =>
        JSON.stringify([
          data.train,
          data.validation,
          data.test,
          model,
          training.steps,
          training.batchSize,
          training.learningRate,
          seed > 0,
        ]),
      )
    expect(new Set(same).size).toBe(1)
  })

  it('compares methods of names of their own, with options that their rules take', () => {
    const specs = methods(20).map((method) => method.aggregator(0.5))
    for (const spec of specs) expect(E.isRight(makeAggregator(spec)), JSON.stringify(spec)).toBe(true)
    expect(new Set(methods(1).map(({ name }) => name)).size).toBe(methods(1).length)
  })

  it('tells the share of wrong labels to small-loss selection alone', () => {
    const told = methods(20).filter(
      (method) => JSON.stringify(method.aggregator(0.2)) !== JSON.stringify(method.aggregator(0.5)),
    )
    expect(told.map(({ name }) => name)).toEqual(['small-loss selection'])
  })

  it('says so when rules do what is hoped of them', () => {
    expect(outcomes(results(helpful))).toEqual(Array.from({ length: 7 }, () => 'reproduced'))
  })

  it('says so when they don’t', () => {
    expect(outcomes(results(harmful))).toEqual(Array.from({ length: 7 }, () => 'differs'))
  })

  it('chooses by validation, never by test accuracy', () => {
    const runs = results(helpful).map((run) => ({
      ...run,
      // Whatever happens to the test set, the choice stays: here the last weights look best on validation.
      evaluations: run.evaluations.map((row) =>
        row.split === 'validation' ? { ...row, accuracy: row.step / 1200 } : row,
      ),
    }))
    const early = labelNoise.judge(runs)[5]!
    const end = labelNoise.judge(runs)[4]!
    expect(early.measured).toBe(end.measured)
  })

  it('does not judge what has not been run to its end', () => {
    const never = Array.from({ length: 7 }, () => 'not run')
    expect(outcomes([])).toEqual(never)
    expect(outcomes(results(helpful, false))).toEqual(never)
  })

  it('draws a dot a method and condition, and lines over time', () => {
    const [fitted, overTime] = labelNoise.draw(results(helpful))
    expect(fitted!.rows.map((row) => row.length)).toEqual([5, 2])
    for (const { series } of fitted!.rows.flat()) {
      expect(series.flatMap(({ points }) => points)).toHaveLength(methods(1).length + 1)
    }
    expect(overTime!.rows.map((row) => row.length)).toEqual([4, 4])
    for (const figure of [fitted, overTime]) expect(figureToSvg(figure!)).toContain('mnist, symmetric 50%')
    expect(labelNoise.draw([undefined]).every(({ rows }) => rows.length === 0)).toBe(true)
  })

  it('tabulates every method under every condition, with intervals over the seeds', () => {
    const [test, fitted, cost] = labelNoise.tabulate!(results(helpful))
    expect(test!.header).toHaveLength(1 + 8)
    expect(test!.rows).toHaveLength(1 + methods(1).length)
    expect(test!.rows[0]!.slice(0, 2)).toEqual(['plain SGD, stopped early', '75.2 ± 0.2'])
    expect(fitted!.header).not.toContain('mnist, right labels')
    expect(cost!.rows).toHaveLength(methods(1).length)
    expect(labelNoise.tabulate!([])[0]!.rows).toEqual([])
  })

  it('draws and tabulates a rule of one’s own, and judges as without it', () => {
    const runs = results(helpful)
    const own = runs
      .filter(({ spec }) => spec.arm.endsWith(' plain SGD'))
      .flatMap((run) =>
        ['mine(2)', 'M3'].map((rule) => ({
          ...run,
          spec: { ...run.spec, arm: labelNoise.ownArm!(run.spec, rule)!, ownRule: rule },
        })),
      )
    const all = [...runs, ...own]
    expect(labelNoise.judge(all)).toEqual(labelNoise.judge(runs))
    const names = labelNoise.tabulate!(all).map(({ rows }) => rows.map(([name]) => name).slice(-2))
    expect(names).toEqual([
      ['mine(2)', 'M3 (own)'],
      ['mine(2)', 'M3 (own)'],
      ['mine(2)', 'M3 (own)'],
    ])
    for (const { rows } of labelNoise.draw(all))
      for (const { series } of rows.flat())
        expect(series.map(({ name }) => name).slice(-2)).toEqual(['mine(2)', 'M3 (own)'])
  })
})
