import { openEngine } from '@coherent-gradients/engine'
import * as tfl from '@tensorflow/tfjs-layers'
import { Job } from 'kubernetes-models/batch/v1/Job'
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../command-line.ts'
import { captureConsole } from '../testing/capture-console.test-support.ts'
import { saveModel } from '../testing/saved-model.test-support.ts'

/** docs/cluster.md: its commands, a line each, and what it says that they print. */
const page = await readFile(new URL('../../../../docs/cluster.md', import.meta.url), 'utf8')
// Fences open and close in turn.
const fences = page.split(/^```(\w*)\n/m)
const blocks = (kind: string): readonly string[] => fences.filter((_, i) => i % 4 === 2 && fences[i - 1] === kind)
const commands = blocks('sh').flatMap((block) => block.trimEnd().split('\n'))
const printed = blocks('')

const main = join(import.meta.dirname, '..', '..', 'bin', 'reproduce.js')

/** What stands for the programs that the page names. A cluster of one machine takes each task at once, in turn. */
const programs = {
  reproduce: `exec "${process.execPath}" --disable-warning=ExperimentalWarning "${main}" "$@"`,
  npx: `[ "$1 $2 $3" = '-y pnpm@12 reproduce' ] || exit 99; shift 3; exec reproduce "$@"`,
  kubectl: `[ "$*" = 'apply -f -' ] || exit 99; exec cat >applied.json`,
  sbatch: `script=$(cat)
echo "$@" >>sbatch.log
bash -n <<<"$script" || exit 99
for k in $(seq 0 $(sed -nE 's/^#SBATCH --array=0-([0-9]+)/\\1/p' <<<"$script")); do
  [ -n "$SUBMIT_ONLY" ] || SLURM_ARRAY_TASK_ID=$k bash -c "$script" >&2 || exit
done
echo $(wc -l <sbatch.log)`,
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cluster-page-'))
  await mkdir(join(folder, 'bin'))
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), `#!/usr/bin/env bash\n${script}\n`)
    await chmod(join(folder, 'bin', name), 0o755)
  }
  expect((await openEngine('cpu')())._tag).toBe('Right')
  const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 10, inputShape: [784] })] })
  await saveModel(model, join(folder, 'my'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Does what a line of the page says, in an empty folder of its own. */
function type(line: string, more: Readonly<Record<string, string>> = {}): Ended {
  const env = { ...process.env, ...more, PATH: join(folder, 'bin') + delimiter + process.env['PATH'] }
  const options = { cwd: folder, encoding: 'utf8', env } as const
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail\n${line}`], options)
  return { code: status, out: stdout, err: stderr }
}

/** The one command of the page that is so, which no other test has asked for. */
const left = new Set(commands)
function command(form: RegExp): string {
  const found = [...left].filter((each) => form.test(each))
  expect(found, `one command of docs/cluster.md is ${form}`).toHaveLength(1)
  left.delete(found[0]!)
  return found[0]!
}

describe('what docs/cluster.md says to type', { timeout: 300_000 }, () => {
  it('lists the runs as it shows them, but for the time that they take', () => {
    const { code, out, err } = type(command(/--dry-run$/))
    expect([code, err]).toEqual([0, ''])
    const withoutTime = (table: string): string[] =>
      table
        .split('\n')
        .filter((line) => / [0-9a-f]{12} /.test(line))
        .map((line) => line.trim().split(/\s+/).slice(0, -1).join(' '))
    expect(withoutTime(printed[0]!)).toHaveLength(2)
    expect(withoutTime(out)).toEqual(withoutTime(printed[0]!))
  })

  it('submits a sweep, and collects what of it is there', () => {
    // .ci/slurm sends this very sweep through a real Slurm.
    const submitted = type(command(/^reproduce submit fig-\d+ .* --slurm/), { SUBMIT_ONLY: 'yes' })
    expect(submitted.err).toBe('')
    expect(submitted.out).toMatch(/^job 1: 6 of 6 runs in 6 tasks; output in /)
    const collect = command(/^reproduce collect/)
    expect(submitted.out).toContain(`then: ${collect}\n`)
    const { code, err } = type(collect)
    expect(err).toMatch(/^error: 6 missing of 6 runs: /)
    expect(code).toBe(1)
  })

  it('measures in shards, of fewer examples, and merges them', async () => {
    const submit = command(/^reproduce submit measure --slurm/)
    const submitted = type(submit.replace(/--examples \d+/, '--examples 2100'))
    expect(submitted.out, submitted.err).toMatch(/^jobs 2 and 3: 3 shards, each pass one job; /)
    const merge = command(/^reproduce measure --merge/)
    expect(submitted.out).toContain(`then: ${merge}\n`)
    expect(await readFile(join(folder, 'sbatch.log'), 'utf8')).toMatch(/--dependency=afterok:2 .*\n$/)
    const { code, out, err } = type(merge)
    expect(code, err).toBe(0)
    expect(out).toContain('m·α')
  })

  it('prints a manifest that the published schema takes, whose pods make each run once', async () => {
    const { code, err } = type(command(/--kubernetes .*\| kubectl apply -f -$/))
    expect([code, err]).toEqual([0, ''])
    const manifest = JSON.parse(await readFile(join(folder, 'applied.json'), 'utf8'))
    expect(() => new Job(manifest as never).validate()).not.toThrow()
    const { completions, template } = manifest.spec
    const [container] = template.spec.containers
    expect(container.image).toBe('registry/me/coherent-gradients')
    expect(template.spec.volumes[0].persistentVolumeClaim.claimName).toBe('runs')
    // In the image `node` is Node; here it says what it would be given.
    const pods = join(folder, 'pods')
    await mkdir(pods)
    await writeFile(join(pods, 'node'), '#!/bin/sh\necho "$@"\n')
    await chmod(join(pods, 'node'), 0o755)
    const said = Array.from({ length: completions }, (_, index) => {
      const { PATH, ...rest } = process.env
      const env = { ...rest, PATH: pods + delimiter + PATH, JOB_COMPLETION_INDEX: String(index) }
      return spawnSync(container.command[0], container.command.slice(1), { encoding: 'utf8', env }).stdout
    })
    const asked = said.join('').trimEnd().split('\n')
    const ids = asked.map((line) => /^\/app\S*reproduce\.js run ([0-9a-f]{12}) .*--runs \/runs$/.exec(line)?.[1])
    expect(completions).toBe(9)
    expect(new Set(ids).size).toBe(25)
    expect(ids).toHaveLength(25)
    expect(ids).not.toContain(undefined)
  })

  it('is all tried here', () => {
    expect([...left]).toEqual([])
  })
})

it('docs/cluster.md names only options that there are', async () => {
  const help = await Promise.all(
    ['run', 'submit', 'collect', 'measure'].map(async (name) => {
      const console = captureConsole()
      await commandLine([name, '--help'], console)
      return console.said.out
    }),
  )
  // Slurm's own, passed on.
  const known = new Set(['--account', ...help.flatMap((text) => text.match(/--[a-z-]+/g) ?? [])])
  const named = [...new Set(page.match(/(?<![\w-])--[a-z][a-z-]*/g))]
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((option) => !known.has(option))).toEqual([])
})
