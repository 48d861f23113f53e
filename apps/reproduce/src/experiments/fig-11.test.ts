import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig11 } from './fig-11.ts'

/** Runs whose m·α is a function of m. */
function runs(mAlpha: (m: number) => number): readonly RunResult[] {
  const flat = (): number => 1
  return fig11.plan('desk', { seeds: '3' }).map((spec) =>
    madeUpRun(spec, {
      loss: flat,
      mAlpha: () => mAlpha(spec.measure.examples) * (1 + 0.001 * spec.seed),
      trainAccuracy: flat,
      testAccuracy: flat,
    }),
  )
}
const outcomes = (results: readonly RunResult[]): Outcome[] => fig11.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 4 }, () => outcome)

describe('fig-11', () => {
  it('plans runs that differ in m alone', () => {
    const [first, second] = fig11.plan('desk', { seeds: '1' })
    expect(second).toEqual({ ...first!, arm: second!.arm, measure: { ...first!.measure, examples: 30 } })
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs((m) => 1 + (m - 1) * 0.02))).toEqual(all('reproduced'))
    expect(outcomes(runs((m) => (m * m) / 10_000))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('draws a column for each moment', () => {
    const [figure] = fig11.draw(runs((m) => 1 + (m - 1) * 0.02))
    expect(figure!.rowLabels).toEqual(['real', 'random'])
    expect(figureToSvg(figure!)).toContain('orthogonal limit 1/m')
  })
})
