import { Job } from 'kubernetes-models/batch/v1/Job'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { reproduce } from '../testing/reproduce.test-support.ts'
import { taskLoop, type ClusterJob } from './cluster-job.ts'
import { kubernetesJob, kubernetesName } from './kubernetes-job.ts'
import { sbatchScript } from './sbatch-script.ts'
import { shellWord } from './shell-word.ts'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cluster-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

const job: ClusterJob = {
  name: 'made-up',
  tasks: 2,
  items: ['a', 'bad', 'c', 'd', 'e'].map((word) => ({ word, comment: `of\n${word}` })),
  command: `test "$item" != bad && echo "$item"`,
}

const bash = (script: string, env: Record<string, string>): { out: string; status: number | null } => {
  const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, ...env } })
  return { out: stdout, status }
}

describe('a cluster’s tasks', () => {
  it('share the items, and one that fails keeps nobody from the others', () => {
    const loop = taskLoop(job, 'TASK')
    expect(bash(loop, { TASK: '0' })).toEqual({ out: 'a\nc\ne\n', status: 0 })
    expect(bash(loop, { TASK: '1' })).toEqual({ out: 'd\n', status: 1 })
  })

  it.each(['plain', 'with space', "it's", '$HOME `x` "y"', 'µ', ''])('keep the word %j whole', (word) => {
    expect(bash(`printf %s ${shellWord(word)}`, {}).out).toBe(word)
  })

  it('are an array of sbatch with the resources that were asked for, run where it was submitted', () => {
    const resources = { gpus: 1, cpus: 4, time: '2:00:00', partition: 'long', more: ['--account=physics'] }
    const script = sbatchScript(job, resources, { logs: '/the logs', directory: scratch })
    expect(script.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '#!/bin/bash',
      '#SBATCH --job-name=made-up',
      '#SBATCH --array=0-1',
      '#SBATCH --output="/the logs/%A_%a.out"',
      '#SBATCH --open-mode=append',
      '#SBATCH --requeue',
      '#SBATCH --cpus-per-task=4',
      '#SBATCH --gpus=1',
      '#SBATCH --time=2:00:00',
      '#SBATCH --partition=long',
      '#SBATCH --account=physics',
    ])
    expect(bash(script.replace('items=', 'pwd; items='), { SLURM_ARRAY_TASK_ID: '1' }).out).toBe(`${scratch}\nd\n`)
  })
})

describe('a Kubernetes manifest', () => {
  const place = { image: 'registry/image:1', claim: 'runs', mount: '/runs', gpus: 1, cpus: 2 }

  it('is an Indexed Job by the published schema', () => {
    const manifest = kubernetesJob(job, place)
    expect(() => new Job(manifest as never).validate()).not.toThrow()
    expect(manifest).toMatchObject({ spec: { completionMode: 'Indexed', completions: 2, backoffLimitPerIndex: 3 } })
  })

  it('would not be with a number where the schema has text', () => {
    const manifest = structuredClone(kubernetesJob(job, place)) as { spec: { completions: unknown } }
    manifest.spec.completions = 'two'
    expect(() => new Job(manifest as never).validate()).toThrow(/completions/)
  })

  it.each([
    ['fig-1-smoke+seeds=3', 'fig-1-smoke-seeds-3'],
    ['a'.repeat(70), 'a'.repeat(63)],
    ['Ends.', 'ends'],
  ])('names %s %s', (text, name) => {
    expect(kubernetesName(text)).toBe(name)
  })

  it('is printed by submit --kubernetes, with every run', async () => {
    const { code, out } = await reproduce('submit', 'fig-4', '--scale', 'smoke', '--kubernetes', '--image', 'x')
    expect(code).toBe(0)
    expect(() => new Job(JSON.parse(out) as never).validate()).not.toThrow()
    expect(JSON.parse(out)).toMatchObject({ metadata: { name: 'fig-4-smoke' }, spec: { completions: 9 } })
  })
})

describe('submit --slurm', () => {
  const runs = (): string => join(scratch, 'runs')
  const submit = (...more: string[]) =>
    reproduce('submit', 'example-4', '--scale', 'smoke', '--runs', runs(), '--slurm', ...more)
  const onlyPath = async (program?: string): Promise<void> => {
    const folder = join(scratch, `bin-${program === undefined ? 'empty' : 'sbatch'}`)
    await mkdir(folder, { recursive: true })
    if (program !== undefined) {
      await writeFile(join(folder, 'sbatch'), program)
      await chmod(join(folder, 'sbatch'), 0o755)
    }
    vi.stubEnv('PATH', program === undefined ? folder : folder + delimiter + process.env['PATH'])
  }

  it('says in one line that sbatch is not there', async () => {
    await onlyPath()
    const { code, err } = await submit()
    vi.unstubAllEnvs()
    expect(err).toMatch(/^error: sbatch is not on the PATH: [^\n]*--script-only\n$/)
    expect(code).toBe(1)
  })

  it('hands over what is not done, says what to do then, and hands over nothing twice', async () => {
    // An array of one machine: every task at once, in turn.
    await onlyPath(`#!/bin/bash
script=$(cat)
for k in $(seq 0 $(sed -nE 's/^#SBATCH --array=0-([0-9]+)/\\1/p' <<<"$script")); do
  SLURM_ARRAY_TASK_ID=$k bash -c "$script" >&2
done
echo '7;here'
`)
    const missing = await reproduce('collect', 'example-4', '--scale', 'smoke', '--runs', runs())
    expect(missing.code).toBe(1)
    expect(missing.err).toMatch(/^error: 1 missing of 1 runs: submit again/)
    const first = await submit()
    const second = await submit()
    vi.unstubAllEnvs()
    expect(first.err).toBe('')
    expect(first.out).toMatch(
      /^job 7: 1 of 1 runs in 1 tasks; output in .*\n.*reproduce collect example-4 --scale smoke/,
    )
    expect(second.out).toMatch(/^nothing to submit: each of the 1 runs is done/)
    const collected = await reproduce('collect', 'example-4', '--scale', 'smoke', '--runs', runs())
    expect(collected.err).toBe('')
    expect(collected.out).toMatch(/\n1 of 1 runs are done\n$/)
    expect(await readFile(join(runs(), 'example-4', 'smoke', 'verdicts.json'), 'utf8')).toContain('claim')
  }, 60_000)

  it.each([
    [['submit', 'fig-4'], /say where to: --slurm or --kubernetes/],
    [['submit', 'fig-4', '--kubernetes'], /needs --image/],
    [['submit', 'fig-4', 'fig-1', '--slurm'], /one experiment at a time, found fig-1/],
    [['submit', 'fig-99', '--slurm'], /unknown experiment 'fig-99'/],
    [['submit', 'measure', '--slurm'], /needs --partial/],
    [['submit', 'measure', '--slurm', '--partial', 'x', '--', '--model', 'm'], /needs --array-size/],
  ])('%j is said to be wrong and ends with 2', async (argv, message) => {
    const { code, err } = await reproduce(...argv)
    expect(err).toMatch(message)
    expect(code).toBe(2)
  })

  it('prints the script of a measurement, a task for each shard', async () => {
    const partial = join(scratch, 'parts')
    const options = ['--script-only', '--array-size', '3', '--partial', partial]
    const { out } = await reproduce('submit', 'measure', ...options, '--', '--model', 'my model', '--dataset', 'mnist')
    expect(out).toContain('#SBATCH --array=0-2')
    expect(out).toContain(`measure --model 'my model' --dataset mnist --shard "$item" --partial ${partial}`)
    expect(spawnSync('bash', ['-n', '-c', out]).status).toBe(0)
  })
})
