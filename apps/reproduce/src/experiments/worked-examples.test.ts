import { keyOf, randomStream } from '@coherent-gradients/core'
import { runId, type QuantityRow } from '@coherent-gradients/runlog'
import { describe, expect, it } from 'vitest'
import { figureToSvg } from '../figure/figure-to-svg.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { quickResult } from '../testing/quick-result.test-support.ts'
import type { Outcome } from '../verdict.ts'
import { experiments } from './index.ts'

const quick = experiments.filter((experiment) =>
  experiment.plan('desk', {}).every(({ engine }) => engine === undefined),
)

type Results = readonly RunResult<RunSpec>[]

const made = new Map<string, Promise<Results>>()
function resultsOf({ id, plan }: (typeof quick)[number]): Promise<Results> {
  const results = made.get(id) ?? Promise.all(plan('desk', {}).map((spec) => quickResult(spec)))
  made.set(id, results)
  return results
}

it('are all there, in order', () => {
  expect(quick.map(({ id }) => id).filter((id) => id.startsWith('example-'))).toEqual(
    Array.from({ length: 8 }, (_, i) => `example-${i + 1}`),
  )
})

/** What comes out, but for what is reproduced: nothing else may change unnoticed. */
const others: Readonly<Record<string, readonly Outcome[]>> = { 'example-8': ['differs'] }

describe.each(quick.map((experiment) => [experiment.id, experiment] as const))('%s', (id, experiment) => {
  it('is one plan at every scale', () => {
    const ids = (['smoke', 'desk', 'paper'] as const).map((scale) => experiment.plan(scale, {}).map(runId))
    expect(new Set(ids.map(String)).size).toBe(1)
    for (const spec of experiment.plan('desk', {})) expect(spec.engine).toBeUndefined()
  })

  it('comes out as the text says, but where it is known not to', async () => {
    const verdicts = experiment.judge(await resultsOf(experiment))
    expect(verdicts.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'reproduced')).toEqual(
      others[id] ?? [],
    )
    for (const { measured, note = '' } of verdicts) expect(measured + note).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('draws figures that hold everything that was measured', async () => {
    const figures = experiment.draw(await resultsOf(experiment))
    expect(figures.length).toBeGreaterThan(0)
    expect(new Set(figures.map((figure) => figure.id)).size).toBe(figures.length)
    for (const figure of figures) {
      expect(figureToSvg(figure)).not.toContain('NaN')
      for (const { series, heat } of figure.rows.flat()) {
        expect(series.every(({ points }) => points.length > 0) && (series.length > 0 || heat !== undefined)).toBe(true)
      }
    }
  })

  it('has verdicts that can all say differs', async () => {
    const results = await resultsOf(experiment)
    const claims = new Set(experiment.judge([]).map(({ claim }) => claim))
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const stream = randomStream(keyOf(seed))
      const wrong = (row: QuantityRow): QuantityRow => ({
        ...row,
        value: row.quantity === 'first weight' ? row.value : 2 ** seed * (stream.word() / 2 ** 31 - 1),
      })
      const wrongly = results.map((result) => ({ ...result, quantities: result.quantities.map(wrong) }))
      for (const { claim, outcome } of experiment.judge(wrongly)) if (outcome === 'differs') claims.delete(claim)
    }
    expect([...claims]).toEqual([])
  })

  it('says that nothing was run, and draws nothing, until it is', async () => {
    const unfinished = (await resultsOf(experiment)).map((result) => ({ ...result, done: false }))
    for (const results of [[], unfinished]) {
      expect(new Set(experiment.judge(results).map(({ outcome }) => outcome))).toEqual(new Set(['not run']))
      expect(experiment.draw(results)).toEqual([])
    }
  })
})
