import { either as E } from 'fp-ts'
import type { CommonOptions } from './command-options.ts'
import { printFailure } from '../console/print-failure.ts'
import { table } from '../console/table.ts'
import { formatBytes } from '../data/format-bytes.ts'
import { diskUse } from '../runner/disk-use.ts'
import { loadResult } from '../runner/load-result.ts'
import { runFiles } from '../runner/run-files.ts'
import { stateOfRun } from '../runner/state-of-run.ts'
import { taskOf } from '../runner/tasks/index.ts'
import type { Console } from './console.ts'
import { findExperiments } from './find-experiments.ts'
import { plansIn } from './plans-in.ts'

interface Line {
  readonly plan: string
  readonly arm: string
  readonly seed: string
  readonly id: string
  readonly state: string
  readonly steps: string
  readonly bytes: number
}

/** Prints the state of every run of every plan of some experiments, all unless some are named, and what all takes on the disk. */
export async function statusCommand(
  ids: readonly string[],
  { runs }: CommonOptions,
  { out, err }: Console,
): Promise<number> {
  const found = findExperiments(ids)
  if (E.isLeft(found)) {
    printFailure(err, found.left)
    return 2
  }
  const plans = plansIn(runs).filter(({ experiment }) => found.right.some(({ id }) => id === experiment))
  if (plans.length === 0) {
    out.write(
      `nothing${ids.length === 0 ? '' : ` of ${ids.join(', ')}`} has been run in ${runs}: reproduce list shows what can be\n`,
    )
    return 0
  }
  const lines: Line[] = []
  const damages: string[] = []
  const checkpoints = new Map<string, number>()
  for (const plan of plans) {
    for (const spec of plan.specs) {
      const result = await loadResult(runs, spec)()
      const run = E.isRight(result) ? result.right : undefined
      if (E.isLeft(result)) damages.push(result.left.message)
      const state = E.isLeft(result) ? 'damaged' : stateOfRun(runs, spec)
      const most = taskOf(spec).steps(spec)
      const steps = run === undefined || most === undefined ? '' : `${run.steps.at(-1)?.step ?? 0} of ${most}`
      const { id, directory, checkpoint } = runFiles(runs, spec)
      if (state === 'done') checkpoints.set(checkpoint, diskUse(checkpoint))
      const name = `${plan.experiment} ${plan.name}`
      lines.push({ plan: name, arm: spec.arm, seed: String(spec.seed), id, state, steps, bytes: diskUse(directory) })
    }
  }
  out.write(
    table(lines, [
      { header: 'plan', value: (line) => line.plan },
      { header: 'run', value: (line) => line.arm },
      { header: 'seed', align: 'right', value: (line) => line.seed },
      { header: 'id', value: (line) => line.id },
      { header: 'steps', align: 'right', value: (line) => line.steps },
      { header: 'size', align: 'right', value: ({ bytes }) => (bytes === 0 ? '' : formatBytes(bytes)) },
      { header: 'state', value: (line) => line.state },
    ]),
  )
  // Plans share runs, so that the lines don't add up to it.
  out.write(`\n${runs} takes ${formatBytes(diskUse(runs))}`)
  const removable = [...checkpoints.values()].reduce((sum, bytes) => sum + bytes, 0)
  if (removable > 0)
    out.write(`; reproduce prune removes ${formatBytes(removable)} of it, the checkpoints of runs that are done`)
  out.write('\n')
  for (const damage of damages) out.write(`damaged: ${damage}\n`)
  return 0
}
