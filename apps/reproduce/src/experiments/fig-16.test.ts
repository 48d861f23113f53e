import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig16 } from './fig-16.ts'

/** Runs of 61 steps whose test loss falls by a share of what the training loss falls by. */
function runs(start: number, follows: number): readonly RunResult[] {
  const flat = (): number => 0
  return fig16.plan('desk', { seeds: '3' }).map((spec) => {
    const high = start * (1 + 0.01 * spec.seed)
    const run = madeUpRun(spec, {
      loss: (t) => 3 - t,
      mAlpha: (t) => (t < 0.1 ? high : 1),
      trainAccuracy: flat,
      testAccuracy: flat,
    })
    return {
      ...run,
      coherence: run.coherence.map((row) => ({ ...row, step: row.step / 20 })),
      evaluations: run.evaluations.map((row) => ({
        ...row,
        step: row.step / 20,
        loss: row.split === 'train' ? row.loss : 3 - follows * (3 - row.loss),
      })),
    }
  })
}
const outcomes = (results: readonly RunResult[]): Outcome[] => fig16.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 4 }, () => outcome)

describe('fig-16', () => {
  it('measures each of the first steps, and the weights before them', () => {
    for (const { measure, training } of [...fig16.plan('smoke', {}), ...fig16.plan('desk', {})]) {
      const [schedule] = measure.coherence
      expect(schedule).toMatchObject({ every: 'listed' })
      expect(schedule!.every === 'listed' && schedule!.steps).toHaveLength(training.steps + 1)
    }
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs(100, 0.9))).toEqual(all('reproduced'))
    expect(outcomes(runs(1.5, 0.1))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('draws loss and coherence of each arm', () => {
    const [figure] = fig16.draw(runs(100, 1))
    expect(figure!.rows.map((row) => row.map(({ title }) => title))).toEqual([
      ['Loss', 'Coherence'],
      ['Loss', 'Coherence'],
    ])
    expect(figureToSvg(figure!)).toContain('random')
  })
})
