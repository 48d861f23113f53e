import { keyOf, uniforms } from '@coherent-gradients/core'
import { tableDigest, tableNames, type TableName } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planOf } from './commands/plan-of.ts'
import { runFiles } from './runner/run-files.ts'
import { workersOf, type FoundWorker } from './testing/workers-of.test-support.ts'

const main = join(import.meta.dirname, '..', 'bin', 'reproduce.js')
const written: readonly TableName[] = tableNames.filter((name) => ['steps', 'evaluations', 'coherence'].includes(name))

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'reproduce-kill-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

/** Starts the smoke form in a process of its own; kills it after `ms`, if given. Gives its exit code, null when killed. */
async function start(runs: string, ms?: number): Promise<number | null> {
  return (await startAndHear(runs, ms)).code
}

/** The same, with what it said. */
function startAndHear(
  runs: string,
  ms?: number,
  blocks?: number,
  env: Readonly<Record<string, string>> = {},
  meet: (child: ChildProcess) => Promise<void> = async () => {},
): Promise<{ readonly code: number | null; readonly said: string; readonly complaint: string }> {
  const args = ['--disable-warning=ExperimentalWarning', main, '--scale', 'smoke', '--runs', runs]
  const limited = ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, ...args]
  const [program, words] = blocks === undefined ? [process.execPath, args] : ['bash', limited]
  // In a group of its own, as a terminal has it.
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...env },
  })
  let [said, complaint] = ['', '']
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  const timer = ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), ms)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    meet(child).catch(reject)
    // Not before every process has ended that has its streams, and so its workers.
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, said, complaint })
    })
  })
}

/** The workers of a main job, once one has begun its run. */
async function begun(runs: string, { pid }: ChildProcess): Promise<readonly FoundWorker[]> {
  for (;;) {
    const workers = workersOf(pid!)
    const first = workers.find(({ run }) => existsSync(join(runs, run, 'lock')))
    if (first !== undefined) return [first, ...workers.filter((each) => each !== first)]
    await sleep(20)
  }
}

function mount(...words: string[]): boolean {
  try {
    execFileSync('mount', words, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function digests(runs: string): Promise<Record<string, string>> {
  const plan = planOf({ experiment: 'fig-1', scale: 'smoke', engine: 'wasm', set: [] })
  if (E.isLeft(plan)) throw new Error(plan.left.message)
  const all: Record<string, string> = {}
  for (const spec of plan.right.specs) {
    for (const table of written) {
      const digest = await tableDigest(runFiles(runs, spec).directory, table)()
      all[`${spec.arm}/${table}`] = E.isRight(digest) ? digest.right : digest.left.message
    }
  }
  return all
}

describe('the main job, killed', () => {
  let unbroken: string
  /** Milliseconds that it took. */
  let whole: number
  beforeAll(async () => {
    unbroken = join(scratch, 'unbroken')
    const began = performance.now()
    expect(await start(unbroken)).toBe(0)
    whole = performance.now() - began
  }, 300_000)

  it('at ten random moments and run again, ends with the tables of an unbroken run', async () => {
    const broken = join(scratch, 'broken')
    const moments = [...uniforms(keyOf('ten moments'), 10)].map((u) => Math.round((0.15 + 0.85 * u) * whole))
    let killed = 0
    for (const ms of moments) if ((await start(broken, ms)) === null) killed++
    expect(killed).toBeGreaterThan(0)
    expect(await start(broken)).toBe(0)

    const expected = await digests(unbroken)
    expect(Object.values(expected).every((digest) => /^[0-9a-f]{64}$/.test(digest))).toBe(true)
    expect(await digests(broken), `killed at ${moments.join(', ')} ms of ${Math.round(whole)}`).toEqual(expected)
    const figure = (runs: string): Promise<string> => readFile(join(runs, 'fig-1', 'smoke', 'fig-1.svg'), 'utf8')
    expect(await figure(broken)).toBe(await figure(unbroken))
    expect(existsSync(join(broken, 'report.html'))).toBe(true)
  }, 900_000)

  it('on a disk that is too small ends with one line, and goes on once there is room', async () => {
    const disk = join(scratch, 'disk')
    await mkdir(disk)
    const mounted = mount('-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', disk)
    try {
      const runs = join(disk, 'runs')
      // Where nobody may mount, no file may grow beyond so many blocks instead.
      const { code, complaint } = await startAndHear(runs, undefined, mounted ? undefined : 16)
      expect(complaint).toMatch(/^error: [^\n]+: cannot be written: (ENOSPC|EFBIG)[^\n]+free space\n$/)
      expect(code).toBe(1)
      expect(!mounted || mount('-o', 'remount,size=50m', disk)).toBe(true)
      expect(await start(runs)).toBe(0)
      expect(await digests(runs)).toEqual(await digests(unbroken))
    } finally {
      if (mounted) execFileSync('umount', [disk])
    }
  }, 300_000)

  it('started twice at once does each run once, and both show all', async () => {
    const shared = join(scratch, 'shared')
    const both = await Promise.all([startAndHear(shared), startAndHear(shared)])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    const ended = both.flatMap(({ said }) => said.match(/^\w+: .* at step \d+$/gm) ?? [])
    expect(ended.toSorted()).toEqual([...new Set(ended)].toSorted())
    expect(await digests(shared)).toEqual(await digests(unbroken))
  }, 300_000)

  it('started twice, one of them killed: the other goes on with its runs', async () => {
    const shared = join(scratch, 'taken-over')
    const [killed, other] = await Promise.all([start(shared, 0.6 * whole), start(shared)])
    expect([null, 0]).toContain(killed)
    expect(other).toBe(0)
    expect(await digests(shared)).toEqual(await digests(unbroken))
  }, 300_000)

  it('one of its workers only: says so, and goes on in another', async () => {
    const runs = join(scratch, 'worker')
    const { code, said, complaint } = await startAndHear(runs, undefined, undefined, {}, async (child) => {
      const [first] = await begun(runs, child)
      process.kill(first!.pid, 'SIGKILL')
    })
    expect(complaint).toBe('')
    expect(code).toBe(0)
    expect(said).toMatch(/^\w+: its worker was ended by SIGKILL; it goes on in another$/m)
    expect(await digests(runs)).toEqual(await digests(unbroken))
  }, 300_000)

  it('stopped by Ctrl-C leaves no worker and nothing by halves, and goes on by clocks that jump', async () => {
    const runs = join(scratch, 'stopped')
    const stopped = await startAndHear(runs, undefined, undefined, {}, async (child) => {
      await begun(runs, child)
      process.kill(-child.pid!, 'SIGINT')
    })
    expect(stopped.code).toBe(130)
    expect(stopped.complaint).toBe('\nstopped: started again, it goes on from its last checkpoint\n')
    const clock = new URL('testing/jumping-clock.test-support.ts', import.meta.url).href
    const jumping = { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${clock}` }
    const { code, complaint } = await startAndHear(runs, undefined, undefined, jumping)
    expect(complaint).toBe('')
    expect(code).toBe(0)
    expect(await digests(runs)).toEqual(await digests(unbroken))
  }, 300_000)
})
