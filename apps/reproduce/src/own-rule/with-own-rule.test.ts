import { runId } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { planOf, type Plan } from '../commands/plan-of.ts'
import type { Experiment } from '../experiment.ts'
import { fig4 } from '../experiments/fig-4.ts'
import { labelNoise } from '../experiments/label-noise.ts'
import type { RunSpec, TrainingSpec } from '../run-spec.ts'
import { madeUpNoisyRun } from '../testing/made-up-noisy-run.test-support.ts'
import type { OwnRule } from './own-rule.ts'
import { withOwnRule } from './with-own-rule.ts'

const own: OwnRule = { given: './mine.ts', name: 'mine(2)', spec: { file: 'mine.ts', sha256: 'ab'.repeat(32) } }

function plan(experiment: string, rule: OwnRule = own): Plan {
  const planned = planOf({ experiment, scale: 'smoke', engine: 'wasm', set: [], own: rule })
  if (E.isLeft(planned)) throw new Error(planned.left.message)
  return planned.right
}

describe('a plan with a rule of one’s own', () => {
  it('sets it beside the rules that an experiment compares, in each of its settings', () => {
    const usual = fig4.plan('smoke', {})
    const { specs, name, command } = plan('fig-4')
    expect(specs.slice(0, usual.length)).toEqual(usual)
    const besides = specs.slice(usual.length) as TrainingSpec[]
    expect(besides.map(({ arm }) => arm)).toEqual(['mine(2) noise=0%', 'mine(2) noise=50%', 'mine(2) noise=100%'])
    for (const spec of besides) {
      expect(spec.training.aggregator).toEqual(own.spec)
      const { arm: _, ownRule, training, ...rest } = spec
      expect(ownRule).toBe('mine(2)')
      const twin = usual.find((each) => each.arm === spec.arm.replace('mine(2)', 'c=0'))!
      expect({ ...twin, ...rest, training: { ...training, aggregator: twin.training.aggregator } }).toEqual(twin)
    }
    expect(name).toMatch(/^smoke\+aggregator=mine-2-[\da-f]{8}$/)
    expect(command).toBe('npx -y pnpm@12 reproduce run fig-4 --scale smoke --aggregator ./mine.ts')
  })

  it('makes other runs, and a plan of another name, when the file’s content changes', () => {
    const changed = plan('fig-4', { ...own, spec: { file: 'mine.ts', sha256: 'cd'.repeat(32) } })
    const ids = (each: Plan): string[] => each.specs.slice(-3).map((spec) => runId(spec))
    expect(new Set([...ids(plan('fig-4')), ...ids(changed)]).size).toBe(6)
    expect(changed.name).not.toBe(plan('fig-4').name)
    expect(plan('fig-4').name).toBe(plan('fig-4').name)
  })

  it('draws it with its name, and judges the experiment’s own arms as without it', () => {
    const curves = { pristine: { accuracy: () => 0.9 }, corrupt: { accuracy: () => 0.1 }, testAccuracy: () => 0.8 }
    const made = (specs: readonly TrainingSpec[]) => specs.map((spec) => madeUpNoisyRun(spec, curves))
    const results = made(plan('fig-4').specs as TrainingSpec[])
    const [grid, labels] = fig4.draw(results)
    expect(grid!.rowLabels).toEqual(['c = 0', 'c = 2', 'c = 8', 'mine(2)'])
    for (const row of grid!.rows) expect(row.map(({ series }) => series.length)).toEqual([3, 3, 3])
    expect(labels!.rows[0]![0]!.series.map(({ name }) => name)).toEqual(['c = 0', 'c = 2', 'c = 8', 'mine(2)'])
    expect(fig4.judge(results)).toEqual(fig4.judge(made(fig4.plan('smoke', {}))))
  })

  it('trains every run by it where an experiment compares something else, and calls the verdicts a proxy', () => {
    const { specs, definition } = plan('fig-1')
    expect(specs.map(({ arm }) => arm)).toEqual(['real', 'random'])
    for (const spec of specs as TrainingSpec[]) expect(spec.training.aggregator).toEqual(own.spec)
    expect(definition.title).toMatch(/ \(trained by mine\(2\)\)$/)
    expect(definition.judge([]).every(({ proxy }) => proxy)).toBe(true)
  })

  it('is set beside plain SGD alone where an experiment compares losses too', () => {
    const usual = labelNoise.plan('smoke', {})
    const besides = (plan('label-noise').specs as TrainingSpec[]).slice(usual.length)
    expect(besides.map(({ arm, ownRule }) => [arm, ownRule])).toEqual([['mnist symmetric 50% mine(2)', 'mine(2)']])
    expect(besides[0]!.training).toEqual({ ...usual[0]!.training, aggregator: own.spec })
  })

  it('gets batches that its micro-batches divide, which the title tells', () => {
    const batches = (experiment: string, groups: number): unknown => {
      const { specs, definition } = plan(experiment, { ...own, groups })
      const { batchSize } = (specs.at(-1) as TrainingSpec).training
      return [batchSize, / \((.*)\)$/.exec(definition.title)?.[1]]
    }
    expect(batches('fig-1', 5)).toEqual([50, 'trained by mine(2)'])
    expect(batches('fig-1', 3)).toEqual([51, 'trained by mine(2) in batches of 51'])
    expect(batches('fig-1', 200)).toEqual([200, 'trained by mine(2) in batches of 200'])
    expect(batches('fig-4', 7)).toEqual([105, 'mine(2) in batches of 105'])
    // More than there are examples: the run refuses it by number.
    expect(batches('fig-1', 301)).toEqual([50, 'trained by mine(2)'])
  })

  it.each([['example-1', /^--aggregator .\/mine.ts: example-1 trains no network by a rule$/]])(
    'is refused by %s, which has no place for it',
    (experiment, message) => {
      const planned = planOf({ experiment, scale: 'smoke', engine: 'wasm', set: [], own })
      expect(E.isLeft(planned) && planned.left.message).toMatch(message)
    },
  )

  it('is refused by an experiment that compares rules and draws no other', () => {
    const { ownArm: _, ...bare } = fig4
    const planned = withOwnRule(bare as Experiment<RunSpec>, fig4.plan('smoke', {}), own)
    expect(E.isLeft(planned) && planned.left.message).toBe(
      '--aggregator ./mine.ts: fig-4 compares rules of its own and draws no other',
    )
  })

  it('can be typed again', () => {
    const { command } = plan('fig-4', { ...own, given: `{"rule":"it's"}` })
    expect(command).toContain(String.raw`--aggregator '{"rule":"it'\''s"}'`)
  })
})
