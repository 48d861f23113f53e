import { taskLoop, type ClusterJob } from './cluster-job.ts'
import { shellWord } from './shell-word.ts'

/** What of a machine each task gets. What isn't said is left to the cluster. */
export interface SlurmResources {
  readonly gpus?: number
  readonly cpus?: number
  /** As Slurm takes it: `2:00:00`. */
  readonly time?: string
  readonly partition?: string
  /** More options of sbatch, as they are: `--account=physics`. */
  readonly more: readonly string[]
}

/**
 * A job as a script for `sbatch`: an array with a task for each part of the items.
 *
 * @param logs the folder of the tasks' output, which must be there when the job begins.
 * @param directory where the commands are run.
 */
export function sbatchScript(
  job: ClusterJob,
  { gpus, cpus, time, partition, more }: SlurmResources,
  { logs, directory }: { readonly logs: string; readonly directory: string },
): string {
  const options = [
    `--job-name=${job.name}`,
    `--array=0-${job.tasks - 1}`,
    `--output="${logs}/%A_%a.out"`,
    '--open-mode=append',
    '--requeue',
    ...(cpus === undefined ? [] : [`--cpus-per-task=${cpus}`]),
    ...(gpus === undefined ? [] : [`--gpus=${gpus}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...more,
  ]
  return `#!/bin/bash
${options.map((option) => `#SBATCH ${option}\n`).join('')}cd ${shellWord(directory)} || exit
${taskLoop(job, 'SLURM_ARRAY_TASK_ID')}`
}
