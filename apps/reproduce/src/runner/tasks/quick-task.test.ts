import { tableFile } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RunResult } from '../../run-result.ts'
import type { RunSpec } from '../../run-spec.ts'
import { loadResult } from '../load-result.ts'
import { runFiles } from '../run-files.ts'
import { runPlan } from '../run-plan.ts'
import type { RunProgress } from '../run-progress.ts'

let runs: string
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'quick-task-'))
})
afterEach(() => rm(runs, { recursive: true }))

const spec: RunSpec = {
  task: 'gradient-samples',
  experiment: 'made-up',
  arm: 'samples',
  seed: 1,
  samples: [
    {
      name: 'orthogonal',
      gradients: [
        [1, 0],
        [0, 2],
      ],
    },
  ],
}

const make = async (): Promise<readonly RunProgress[]> => {
  const told: RunProgress[] = []
  const made = await runPlan({ specs: [spec], runs, jobs: 1, tell: (_, progress) => told.push(progress) })
  expect(made).toEqual(E.right(undefined))
  return told
}

const load = async (): Promise<RunResult<RunSpec> | undefined> => {
  const loaded = await loadResult(runs, spec)()
  if (E.isLeft(loaded)) throw new Error(loaded.left.message)
  return loaded.right
}

it('writes what it computed into the table of quantities, on no engine', async () => {
  expect((await make()).map(({ kind }) => kind)).toEqual(['started', 'finished'])
  const result = await load()
  expect(result).toMatchObject({ done: true, steps: [], coherence: [] })
  expect(result!.quantities).toContainEqual({ step: 0, series: 'orthogonal', quantity: 'm·α', item: '', value: 1 })
  const environment = JSON.parse(await readFile(runFiles(runs, spec).environment, 'utf8')) as object
  expect(environment).toMatchObject({ engine: null, data: {} })
})

it('starts anew where it was killed', async () => {
  await make()
  const whole = await load()
  const files = runFiles(runs, spec)
  await rm(files.done)
  await truncate(tableFile(files.directory, 'quantities'), 300)
  await make()
  expect(await load()).toEqual(whole)
})
