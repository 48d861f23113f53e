import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { CommonOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { formatBytes } from '../data/format-bytes.ts'
import { diskUse } from '../runner/disk-use.ts'
import { runFiles } from '../runner/run-files.ts'
import { stateOfRun } from '../runner/state-of-run.ts'
import type { Console } from './console.ts'
import { plansIn } from './plans-in.ts'

/**
 * Removes the checkpoints of runs that are done: their networks' last weights, which `measure` and `bound` can read. Tables,
 * figures and verdicts don't need them, and a run that isn't done keeps its own.
 */
export async function pruneCommand({ runs }: CommonOptions, { out, err }: Console): Promise<number> {
  let [pruned, bytes] = [0, 0]
  for (const spec of plansIn(runs).flatMap((plan) => plan.specs)) {
    const { checkpoint } = runFiles(runs, spec)
    if (stateOfRun(runs, spec) !== 'done' || !existsSync(checkpoint)) continue
    const size = diskUse(checkpoint)
    try {
      await rm(checkpoint, { recursive: true })
    } catch (error) {
      printFailure(err, { _tag: 'NotRemoved', message: `${checkpoint} cannot be removed: ${(error as Error).message}` })
      return 1
    }
    pruned++
    bytes += size
  }
  out.write(
    pruned === 0
      ? `nothing to remove: no run in ${runs} that is done has a checkpoint\n`
      : `removed the checkpoints of ${pruned} runs that are done: ${formatBytes(bytes)}\n`,
  )
  return 0
}
