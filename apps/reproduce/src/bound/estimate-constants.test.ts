import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fig1 } from '../experiments/fig-1.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { executeRun } from '../runner/execute-run.ts'
import { runFiles } from '../runner/run-files.ts'
import { reproduce } from '../testing/reproduce.test-support.ts'

let runs: string
let folder: string
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'bound-estimate-'))
  const [first] = fig1.plan('smoke', {})
  const spec: TrainingSpec = {
    ...first!,
    data: { ...first!.data, train: 20, test: 20 },
    model: { kind: 'mlp', hidden: [4] },
    training: { ...first!.training, batchSize: 10, steps: 20 },
    measure: { ...first!.measure, examples: 20 },
  }
  folder = runFiles(runs, spec).directory
  expect(await executeRun({ spec, runs, tell: () => {} })()).toMatchObject({ _tag: 'Right' })
})
afterAll(() => rm(runs, { recursive: true, force: true }))

async function constants(...argv: string[]): Promise<{ constants: Record<string, unknown>; warnings: string[] }> {
  const { code, out, err } = await reproduce('bound', folder, ...argv, '--json')
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out) as { constants: Record<string, unknown>; warnings: string[] }
}

describe('reproduce bound of a run', () => {
  it('estimates L and β from its first and last weights, and says so', async () => {
    const both = await constants('--lipschitz', 'estimate', '--smoothness', 'estimate')
    expect(both.constants).toMatchObject({ examples: 20, provenance: 'estimated' })
    expect(both.constants['lipschitz']).toBeGreaterThan(0)
    expect(both.constants['smoothness']).toBeGreaterThan(0)
    expect(both.warnings.join('\n')).toMatch(/the longest gradient of 20 examples at the first and step 20's weights/)
    expect(both.warnings.join('\n')).toMatch(/An estimate: L or β is the largest that was seen along the way/)
    const one = await constants('--lipschitz', 'estimate', '--smoothness', '2')
    expect(one.constants).toMatchObject({ lipschitz: both.constants['lipschitz'], smoothness: 2 })
    const again = await constants('--lipschitz', 'estimate', '--smoothness', 'estimate')
    expect(again.constants).toEqual(both.constants)
  }, 60_000)

  it('takes m from the run, and another where it is said', async () => {
    expect((await constants('--lipschitz', '1', '--smoothness', '1')).constants).toMatchObject({
      examples: 20,
      provenance: 'given',
    })
    const other = await constants('--lipschitz', '1', '--smoothness', '1', '--examples', '7')
    expect(other.constants).toMatchObject({ examples: 7 })
  })
})
