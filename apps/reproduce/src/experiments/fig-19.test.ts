import { describe, expect, it } from 'vitest'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig19 } from './fig-19.ts'

/** Runs whose layers, the first among them, have these m·α. */
function runs(real: number, random: number): readonly RunResult[] {
  const flat = (): number => 1
  return fig19.plan('desk', { seeds: '3' }).map((spec) =>
    madeUpRun(spec, {
      loss: (t) => 2.3 * Math.exp(-5 * t),
      mAlpha: () => (spec.arm === 'real' ? real : random),
      trainAccuracy: flat,
      testAccuracy: flat,
    }),
  )
}
const outcomes = (results: readonly RunResult[]): Outcome[] => fig19.judge(results).map(({ outcome }) => outcome)

describe('fig-19', () => {
  it('measures every training example', () => {
    for (const { data, measure } of [...fig19.plan('smoke', {}), ...fig19.plan('desk', {})]) {
      expect(measure.examples).toBe(data.train)
    }
    expect(fig19.plan('paper', {})[0]!.measure.examples).toBe(1_281_167)
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs(9, 1.1))).toEqual(['reproduced', 'reproduced', 'reproduced'])
    expect(outcomes(runs(1.1, 9))).toEqual(['differs', 'differs', 'differs'])
    expect(outcomes([])).toEqual(['not run', 'not run', 'not run'])
  })

  it('draws the first layer alone', () => {
    const [figure] = fig19.draw(runs(9, 1))
    expect(figure!.rows.map((row) => row.length)).toEqual([1, 1])
  })
})
