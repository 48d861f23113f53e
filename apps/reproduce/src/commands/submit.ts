import type { Failure } from '@coherent-gradients/core'
import { writableFolder } from '@coherent-gradients/runlog'
import { either as E } from 'fp-ts'
import { join, resolve } from 'node:path'
import type { ClusterJob } from '../cluster/cluster-job.ts'
import { kubernetesJob, kubernetesName } from '../cluster/kubernetes-job.ts'
import { runsJob } from '../cluster/runs-job.ts'
import { sbatchScript } from '../cluster/sbatch-script.ts'
import { shardsJob } from '../cluster/shards-job.ts'
import { submitToSlurm } from '../cluster/submit-to-slurm.ts'
import type { RunOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { givenRule, isUsage } from '../own-rule/given-rule.ts'
import { keepRule } from '../own-rule/kept-rule.ts'
import { stateOfRun } from '../runner/state-of-run.ts'
import type { Console } from './console.ts'
import { nameEngine } from './name-engine.ts'
import { planOf } from './plan-of.ts'
import { planDirectory, writePlan } from './show-result.ts'

export interface SubmitOptions extends Omit<RunOptions, 'jobs'> {
  readonly slurm?: boolean
  readonly kubernetes?: boolean
  readonly scriptOnly?: boolean
  readonly arraySize: number
  readonly gpus?: number
  readonly cpus?: number
  readonly time?: string
  readonly partition?: string
  readonly sbatch: readonly string[]
  readonly image?: string
  readonly claim: string
}

export interface SubmitMeasureOptions extends SubmitOptions {
  /** The folder that the shards leave their parts in. */
  readonly partial: string
}

/** This very Node and program, for machines that share the file system. */
const here = [process.execPath, join(import.meta.dirname, '..', '..', 'bin', 'reproduce.js')]
/** Where an image has them. */
const inImage = ['node', '/app/apps/reproduce/bin/reproduce.js']
const IN_POD = '/runs'

/** Submits the runs of a plan that are not done as an array job; with `--kubernetes` prints the manifest of one. */
export async function submitCommand(id: string, options: SubmitOptions, console: Console): Promise<number> {
  const fail = failing(console)
  const engine = await nameEngine(options.engine)()
  if (E.isLeft(engine)) return fail(engine.left)
  const own = await givenRule(options)
  if (E.isLeft(own)) return fail(own.left, isUsage(own.left) ? 2 : 1)
  const plan = planOf({ experiment: id, ...options, engine: engine.right, ...own.right })
  if (E.isLeft(plan)) return fail(plan.left, 2)
  const { specs } = plan.right
  const todo = specs.filter((spec) => ['missing', 'torn'].includes(stateOfRun(options.runs, spec)))
  if (options.kubernetes === true) {
    const job = runsJob(plan.right, specs, { ...options, runs: IN_POD, reproduce: inImage })
    return printManifest({ ...job, name: kubernetesName(`${id}-${plan.right.name}`) }, options, console)
  }
  const collect = `reproduce collect ${plan.right.command.split(' run ')[1]} --runs ${options.runs}`
  if (todo.length === 0) {
    console.out.write(`nothing to submit: each of the ${specs.length} runs is done or running; ${collect}\n`)
    return 0
  }
  const runs = resolve(options.runs)
  const logs = join(planDirectory(runs, plan.right), 'slurm')
  const job = runsJob(plan.right, todo, { ...options, runs, reproduce: here })
  const script = sbatchScript(job, { ...options, more: options.sbatch }, { logs, directory: process.cwd() })
  if (options.scriptOnly === true) {
    console.out.write(script)
    return 0
  }
  const prepare = async (): Promise<E.Either<Failure, void>> => {
    const room = await writableFolder(logs)()
    if (E.isLeft(room)) return room
    if (own.right.own !== undefined) {
      const kept = await keepRule(options.runs, own.right.own)()
      if (E.isLeft(kept)) return kept
    }
    return writePlan(plan.right, options.runs)()
  }
  const ready = await prepare()
  if (E.isLeft(ready)) return fail(ready.left)
  const submitted = submitToSlurm(script)
  if (E.isLeft(submitted)) return fail(submitted.left)
  console.out.write(
    `job ${submitted.right}: ${todo.length} of ${specs.length} runs in ${job.tasks} tasks; output in ${logs}\n`,
  )
  console.out.write(`then: ${collect}\n`)
  return 0
}

/** Submits a measurement in shards: two array jobs, the second of which waits for the first. */
export async function submitMeasureCommand(
  measure: readonly string[],
  options: SubmitMeasureOptions,
  console: Console,
): Promise<number> {
  const fail = failing(console)
  const partial = resolve(options.partial)
  const logs = join(partial, 'slurm')
  const job = shardsJob(measure, { shards: options.arraySize, partial, reproduce: here })
  const script = sbatchScript(job, { ...options, more: options.sbatch }, { logs, directory: process.cwd() })
  if (options.scriptOnly === true) {
    console.out.write(script)
    return 0
  }
  const room = await writableFolder(logs)()
  if (E.isLeft(room)) return fail(room.left)
  const first = submitToSlurm(script)
  if (E.isLeft(first)) return fail(first.left)
  const second = submitToSlurm(script, first.right)
  if (E.isLeft(second)) return fail(second.left)
  console.out.write(
    `jobs ${first.right} and ${second.right}: ${options.arraySize} shards, each pass one job; output in ${logs}\n`,
  )
  console.out.write(`then: reproduce measure --merge ${options.partial}\n`)
  return 0
}

function printManifest(job: ClusterJob, { image, claim, gpus, cpus }: SubmitOptions, { out }: Console): number {
  const resources = { ...(gpus === undefined ? {} : { gpus }), ...(cpus === undefined ? {} : { cpus }) }
  const manifest = kubernetesJob(job, { image: image!, claim, mount: IN_POD, ...resources })
  out.write(`${JSON.stringify(manifest, null, 2)}\n`)
  return 0
}

function failing({ err }: Console): (failure: Failure, code?: number) => number {
  return (failure, code = 1) => {
    printFailure(err, failure)
    return code
  }
}
