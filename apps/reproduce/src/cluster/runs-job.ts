import { resolve } from 'node:path'
import type { Plan } from '../commands/plan-of.ts'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from '../runner/run-files.ts'
import type { ClusterJob } from './cluster-job.ts'
import { shellWord } from './shell-word.ts'

export interface RunsJobOptions {
  readonly runs: string
  /** Tasks at most. */
  readonly arraySize: number
  readonly dataDir?: string
  /** What starts `reproduce` where the tasks are. */
  readonly reproduce: readonly string[]
}

/** Some runs of a plan as a job: each of its items is a run, made by `run <id>`, which can be killed and made again. */
export function runsJob(
  plan: Plan,
  specs: readonly RunSpec[],
  { runs, arraySize, dataDir, reproduce }: RunsJobOptions,
): ClusterJob {
  const rest = [
    ...plan.set.flatMap((each) => ['--set', each]),
    '--engine',
    plan.engine,
    ...(plan.own === undefined ? [] : ['--aggregator', plan.own.given]),
    ...(dataDir === undefined ? [] : ['--data-dir', resolve(dataDir)]),
    '--jobs',
    '1',
    '--runs',
    runs,
  ]
  const words = (texts: readonly string[]): string => texts.map(shellWord).join(' ')
  return {
    name: plan.experiment,
    tasks: Math.min(arraySize, specs.length),
    items: specs.map((spec) => ({ word: runFiles(runs, spec).id, comment: `${spec.arm}, seed ${spec.seed}` })),
    command: `${words([...reproduce, 'run'])} "$item" ${words(rest)}`,
  }
}
