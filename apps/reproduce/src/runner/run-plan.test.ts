import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TrainingSpec } from '../run-spec.ts'
import { runPlan } from './run-plan.ts'

let runs: string
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'run-plan-'))
})
afterEach(() => rm(runs, { recursive: true }))

const small: TrainingSpec = {
  experiment: 'made-up',
  arm: 'small',
  seed: 1,
  engine: 'cpu',
  data: { dataset: 'mnist', train: 20, test: 20, noise: { kind: 'none' }, noisyTest: false },
  model: { kind: 'linear' },
  training: { steps: 300, batchSize: 20, learningRate: 0.1, aggregator: { rule: 'mean' }, stopWhenFitted: false },
  measure: { evaluate: [], coherence: [], examples: 0, splits: [], populations: 'all' },
}
const tooLarge: TrainingSpec = { ...small, arm: 'too large', data: { ...small.data, train: 70_000 } }

it('tells the failure of one run though another ends well after it', async () => {
  const outcome = await runPlan({ specs: [small, tooLarge], runs, jobs: 2, tell: () => {} })
  expect(outcome).toMatchObject({ _tag: 'Left', left: { _tag: 'TooFewExamples' } })
}, 60_000)
