import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { spawnSync } from 'node:child_process'

/**
 * Hands a script to `sbatch`.
 *
 * @param after the job that must have ended well before this one begins.
 * @returns the job's number; left where sbatch isn't there or refuses the script, with what it said.
 */
export function submitToSlurm(script: string, after?: string): E.Either<Failure, string> {
  const dependency = after === undefined ? [] : [`--dependency=afterok:${after}`, '--kill-on-invalid-dep=yes']
  const { error, status, stdout, stderr } = spawnSync('sbatch', ['--parsable', ...dependency], {
    input: script,
    encoding: 'utf8',
  })
  if (error !== undefined) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const message = missing
      ? 'sbatch is not on the PATH: submit from a machine of the cluster, or print the script with --script-only'
      : `sbatch cannot be run: ${error.message}`
    return E.left({ _tag: 'NoSlurm', message })
  }
  if (status !== 0) return E.left({ _tag: 'SlurmRefused', message: `sbatch refused the job: ${stderr.trim()}` })
  // With several clusters: `1234;name`.
  return E.right(stdout.trim().split(';')[0]!)
}
