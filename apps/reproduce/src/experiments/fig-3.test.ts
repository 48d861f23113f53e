import { describe, expect, it } from 'vitest'
import type { RunResult } from '../run-result.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { fig2 } from './fig-2.ts'
import { fig3 } from './fig-3.ts'

/** m·α of the first convolution and of the dense layers. */
interface Heights {
  readonly first: number
  readonly dense: number
}

function runs(real: Heights, random: Heights): readonly RunResult[] {
  return fig3.plan('desk', { seeds: '3' }).map((spec) => {
    const { first, dense } = spec.arm === 'real' ? real : random
    const flat = (): number => 1
    const run = madeUpRun(spec, {
      loss: (t) => 2.3 * Math.exp(-5 * t),
      mAlpha: flat,
      trainAccuracy: flat,
      testAccuracy: flat,
    })
    const [row] = run.coherence
    const scopes = { 'layer:conv_1': first, 'layer:dense_1': dense, 'layer:dense_2': dense }
    const coherence = run.coherence
      .filter(({ scope, split }) => scope === 'all' && split === 'train')
      .flatMap((at) => Object.entries(scopes).map(([scope, mAlpha]) => ({ ...row!, ...at, scope, mAlpha })))
    return { ...run, coherence }
  })
}
const outcomes = (results: readonly RunResult[]): Outcome[] => fig3.judge(results).map(({ outcome }) => outcome)
const all = (outcome: Outcome): Outcome[] => Array.from({ length: 5 }, () => outcome)

describe('fig-3', () => {
  it('looks at the runs of fig-2', () => {
    expect(fig3.plan('desk', { seeds: '3' })).toEqual(fig2.plan('desk', { seeds: '3' }))
    expect(fig3.plan('paper', { seeds: '1' })).toEqual(fig2.plan('paper', { seeds: '1' }))
  })

  it('finds what the paper found, and what it did not', () => {
    expect(outcomes(runs({ first: 12, dense: 9 }, { first: 1.1, dense: 8 }))).toEqual(all('reproduced'))
    expect(outcomes(runs({ first: 1.2, dense: 50 }, { first: 9, dense: 1 }))).toEqual(all('differs'))
    expect(outcomes([])).toEqual(all('not run'))
  })

  it('draws a column for each layer', () => {
    const [figure] = fig3.draw(runs({ first: 12, dense: 9 }, { first: 1, dense: 8 }))
    expect(figure!.rows[0]!.map(({ title }) => title)).toEqual(['conv_1', 'dense_1', 'dense_2'])
  })
})
