import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunSpec, TrainingSpec } from '../run-spec.ts'
import { workersOf } from '../testing/workers-of.test-support.ts'
import { runFiles } from './run-files.ts'
import { runPlan } from './run-plan.ts'
import type { RunProgress } from './run-progress.ts'
import { stateOfRun } from './state-of-run.ts'

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
})

describe('a run whose worker is killed', () => {
  const doomed: TrainingSpec = { ...small, arm: 'doomed' }
  const others = ['second', 'third'].map((arm): TrainingSpec => ({ ...small, arm }))

  /** Makes the plan, and kills the worker of `doomed` at a step, so many times. */
  async function made(
    specs: readonly RunSpec[],
    times: number,
  ): Promise<{ outcome: unknown; told: readonly RunProgress[] }> {
    const told: RunProgress[] = []
    const id = `${doomed.experiment}/${runFiles(runs, doomed).id}`
    const killed = new Set<number>()
    const tell = (spec: RunSpec, progress: RunProgress): void => {
      if (spec !== doomed) return
      told.push(progress)
      if (progress.kind !== 'step' || progress.step < 50) return
      for (const { pid, run } of workersOf(process.pid)) {
        if (run !== id || killed.has(pid) || killed.size === times) continue
        killed.add(pid)
        process.kill(pid, 'SIGKILL')
      }
    }
    const outcome = await runPlan({ specs, runs, jobs: 2, tell })
    expect(killed.size).toBe(times)
    return { outcome, told: told.filter(({ kind }) => kind !== 'step') }
  }

  it('goes on from its last checkpoint in another', async () => {
    const { outcome, told } = await made([doomed], 1)
    expect(outcome).toMatchObject({ _tag: 'Right' })
    expect(told).toMatchObject([
      { kind: 'started', from: 0 },
      { kind: 'died', how: 'was ended by SIGKILL' },
      { kind: 'started', from: expect.toSatisfy((step: number) => step >= 40) },
      { kind: 'finished', step: 300 },
    ])
  })

  it('a second time, is given up with its lock; the others are made', async () => {
    const { outcome } = await made([doomed, ...others], 2)
    expect(outcome).toMatchObject({
      left: { message: expect.stringMatching(/^run made-up\/doomed .* SIGKILL, as one before: .*run again/) },
    })
    expect([doomed, ...others].map((spec) => stateOfRun(runs, spec))).toEqual(['torn', 'done', 'done'])
    expect(await runPlan({ specs: [doomed], runs, jobs: 2, tell: () => {} })).toMatchObject({ _tag: 'Right' })
    expect(existsSync(runFiles(runs, doomed).lock)).toBe(false)
  })
})
