import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { gapVsM } from './gap-vs-m.ts'

/** Runs with a gap in loss and training accuracies that are functions of the number of examples. */
function runs(gap: (n: number) => number, trainAccuracy: (n: number) => number): readonly RunResult[] {
  return gapVsM.plan('desk', { seeds: '3' }).map((spec) => {
    const n = spec.data.train!
    const run = madeUpRun(spec, {
      loss: () => 1,
      mAlpha: () => 1,
      trainAccuracy: () => trainAccuracy(n),
      testAccuracy: () => 0.1,
    })
    const evaluations = run.evaluations.map((row) => ({ ...row, loss: row.split === 'test' ? 1 + gap(n) : 1 }))
    return { ...run, evaluations }
  })
}
const outcomes = (results: readonly RunResult[]): Outcome[] => gapVsM.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 4 }, () => outcome)

describe('gap-vs-m', () => {
  it('trains on every number of examples for as many steps', () => {
    const specs = gapVsM.plan('desk', { seeds: '1' })
    expect(new Set(specs.map(({ training }) => training.steps)).size).toBe(1)
    expect(new Set(specs.map(({ data }) => data.train)).size).toBe(specs.length / 2)
  })

  it('finds what the paper found, and what it did not', () => {
    expect(
      outcomes(
        runs(
          (n) => 100 / n,
          (n) => 0.1 + 80 / n,
        ),
      ),
    ).toEqual(all('reproduced'))
    expect(
      outcomes(
        runs(
          () => 1,
          () => 1,
        ),
      ),
    ).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('draws both kinds of data', () => {
    const [figure] = gapVsM.draw(
      runs(
        (n) => 100 / n,
        () => 1,
      ),
    )
    expect(figure!.rowLabels).toEqual(['true labels', 'random labels'])
    expect(figureToSvg(figure!)).toContain('gap')
  })
})
