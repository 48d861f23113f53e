import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@coherent-gradients/testkit'
import { describe, expect, it } from 'vitest'
import { readCheckpoint } from './read-checkpoint.ts'
import { readRows } from './read-rows.ts'
import { tableDigest } from './table-digest.ts'
import { right } from './testing/right.ts'
import { smallRun } from './testing/small-run.ts'

const main = fileURLToPath(new URL('testing/small-run-main.ts', import.meta.url))
const STEPS = 1_000_000

/** Starts or goes on with the run in a process of its own and kills that as soon as it has made some steps. */
async function runAndKill(directory: string, afterSteps: number): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, directory, String(STEPS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let seen = 0
  child.stdout.on('data', (lines: Buffer) => {
    seen += lines.toString().split('\n').length - 1
    if (seen >= afterSteps) child.kill('SIGKILL')
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

describe('a run that is killed', () => {
  it('goes on, time and again, to the tables of an unbroken run', async () => {
    const [broken, unbroken] = [temporaryFolder(), temporaryFolder()]
    for (const afterSteps of [1, 2, 7, 31]) {
      await runAndKill(broken, afterSteps)
      await right(readRows(broken, 'steps'))
      await right(readCheckpoint(join(broken, 'checkpoint')))
    }
    const reached = (await right(readCheckpoint(join(broken, 'checkpoint'))))?.step ?? 0
    expect(reached).toBeGreaterThan(0)
    await smallRun(broken, reached + 10, () => {})
    await smallRun(unbroken, reached + 10, () => {})
    for (const table of ['steps', 'coherence', 'bound'] as const)
      expect(await right(tableDigest(broken, table))).toBe(await right(tableDigest(unbroken, table)))
    expect(readFileSync(join(broken, 'bound.arrows')).equals(readFileSync(join(unbroken, 'bound.arrows')))).toBe(true)
    expect((await right(readCheckpoint(join(broken, 'checkpoint'))))?.tensors).toEqual(
      (await right(readCheckpoint(join(unbroken, 'checkpoint'))))?.tensors,
    )
  })
})
