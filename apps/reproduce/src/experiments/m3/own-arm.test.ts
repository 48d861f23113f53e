import { either as E } from 'fp-ts'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../../figure/figure-to-svg.ts'
import { withOwnRule } from '../../own-rule/with-own-rule.ts'
import type { RunResult } from '../../run-result.ts'
import type { TrainingSpec } from '../../run-spec.ts'
import { madeUpNoisyRun } from '../../testing/made-up-noisy-run.test-support.ts'
import { fig27 } from '../fig-27.ts'
import { fig5 } from '../fig-5.ts'
import { fig6 } from '../fig-6.ts'

const own = {
  given: 'mine.ts',
  name: 'mine(2)',
  spec: { file: 'mine.ts', sha256: '0'.repeat(64) },
  groups: 5,
} as const

describe.each([fig5, fig6, fig27])('a rule of one’s own beside M3 and A3 in $id', (experiment) => {
  const usual = experiment.plan('smoke', {})
  const made = withOwnRule(experiment, usual, own)
  if (E.isLeft(made)) throw new Error(made.left.message)
  const specs = made.right.specs as readonly TrainingSpec[]
  const besides = specs.slice(usual.length)
  const run = (spec: TrainingSpec): RunResult =>
    madeUpNoisyRun(spec, {
      pristine: { accuracy: () => 0.9 },
      corrupt: { accuracy: () => 0.1 },
      testAccuracy: () => 0.5,
    })

  it('is one more arm in each setting, in batches that its groups divide', () => {
    expect(besides).toHaveLength(usual.length / 2)
    for (const { arm, ownRule, training } of besides) {
      expect([ownRule, arm.endsWith(' mine(2)'), training.batchSize % 5]).toEqual(['mine(2)', true, 0])
    }
  })

  it('is drawn beside them and changes no verdict and no column', () => {
    const results = specs.map(run)
    expect(experiment.judge(results)).toEqual(experiment.judge(usual.map(run)))
    for (const [i, figure] of experiment.draw(results).entries()) {
      expect(figureToSvg(figure)).toContain('mine(2)')
      const without = experiment.draw(usual.map(run))[i]!
      const columns = (rows: typeof figure.rows): number => Math.min(...rows.map((row) => row.length))
      const added = experiment === fig6 ? 1 : 0
      expect(columns(figure.rows) - columns(without.rows)).toBe(added)
    }
  })

  it('stays the user’s own where it is one of the two', () => {
    const same = withOwnRule(experiment, usual, {
      given: 'M3',
      name: 'M3',
      spec: { rule: 'median-of-means', groups: 3 },
    })
    if (E.isLeft(same)) throw new Error(same.left.message)
    const results = (same.right.specs as readonly TrainingSpec[]).map(run)
    expect(experiment.judge(results)).toEqual(experiment.judge(usual.map(run)))
  })
})
