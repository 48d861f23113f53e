import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fig1 } from '../experiments/fig-1.ts'
import type { RunResult } from '../run-result.ts'
import { runFiles } from '../runner/run-files.ts'
import { madeUpRun } from '../testing/made-up-run.test-support.ts'
import { resultRun } from './result-run.ts'

let runs: string
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'reproduce-result-run-'))
})
afterAll(() => rm(runs, { recursive: true, force: true }))

const [spec] = fig1.plan('smoke', {})
const plain = madeUpRun(spec!, {
  loss: (t) => 2 - t,
  mAlpha: (t) => 10 * t * (1 - t),
  trainAccuracy: (t) => t,
  testAccuracy: (t) => t / 2,
})
/** Ten milliseconds a step; killed after 30 of the steps written, so that the clock of the others begins anew. */
const run: RunResult = {
  ...plain,
  steps: plain.steps.map((row, i) => ({ ...row, elapsedMs: 10 * (i < 30 ? i : i - 30) })),
}

it('says where a run ended, and adds up its own clock where nothing else is known', () => {
  const { row, time } = resultRun(runs, run)
  expect(time).toEqual({ elapsed: 290 + 300 })
  expect(row).toMatchObject({
    arm: 'real',
    seed: 1,
    seconds: 0.59,
    steps: 1200,
    epochs: 60,
    trainLoss: 1,
    testAccuracy: 0.5,
  })
  expect(row).toMatchObject({ peak: 2.5, last: 0 })
  expect(row).not.toHaveProperty('corruptAccuracy')
})

it('goes by when the run began and ended, where that was noted down', async () => {
  const file = runFiles(runs, spec!).done
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify({ why: 'fitted', began: 1000, ended: 4500 }))
  const { row, time } = resultRun(runs, run)
  expect(time.span).toEqual([1000, 4500])
  expect(row).toMatchObject({ why: 'fitted', seconds: 3.5 })
})
