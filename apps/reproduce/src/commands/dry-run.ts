import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { availableParallelism } from 'node:os'
import type { RunOptions } from './command-options.ts'
import { formatDuration } from '../console/format-progress.ts'
import { table } from '../console/table.ts'
import { costOfRun, type CostOfKind } from '../estimate/cost-of-kind.ts'
import { kindOfSpec } from '../estimate/kind-of-spec.ts'
import { timeWithJobs } from '../estimate/time-with-jobs.ts'
import { tryKind } from '../estimate/try-kind.ts'
import type { RunSpec } from '../run-spec.ts'
import { loadResult } from '../runner/load-result.ts'
import { runFiles } from '../runner/run-files.ts'
import { stateOfRun, type RunState } from '../runner/state-of-run.ts'
import { taskOf } from '../runner/tasks/index.ts'
import type { Console } from './console.ts'
import type { Plan } from './plan-of.ts'

/** A trial that has not ended by then is stopped, and the rest is reckoned from it. */
const TRIAL_LIMIT_MS = 20_000

interface Line {
  readonly plan: Plan
  readonly spec: RunSpec
  readonly state: RunState
  /** The share that is yet to be made. */
  readonly left: number
  readonly costMs: number
}

/**
 * Prints the runs of plans and what those that are not done would cost, by a short trial of each kind of spec in a
 * temporary folder. Writes nothing into the folder of runs.
 */
export async function dryRun(
  plans: readonly Plan[],
  { runs, jobs, dataDir, onBadImage }: RunOptions,
  { out, err, clock }: Console,
): Promise<E.Either<Failure, void>> {
  const kinds = new Map<string, CostOfKind>()
  const lines: Line[] = []
  for (const plan of plans) {
    for (const spec of plan.specs) {
      const state = stateOfRun(runs, spec)
      const left = await shareLeft(runs, spec, state)
      if (left > 0 && !kinds.has(kindOfSpec(spec))) {
        if (err.isTTY) err.write(`\rtrying ${spec.experiment} ${spec.arm} …\x1b[K`)
        const cost = await tryKind(spec, {
          clock,
          limitMs: TRIAL_LIMIT_MS,
          threads: Math.max(1, Math.min(4, Math.floor(availableParallelism() / jobs))),
          ...(plan.own === undefined ? {} : { own: plan.own }),
          ...(dataDir === undefined ? {} : { dataDirectory: dataDir }),
          ...(onBadImage === undefined ? {} : { onBadImage }),
        })
        if (E.isLeft(cost)) return cost
        kinds.set(kindOfSpec(spec), cost.right)
      }
      const costMs = left === 0 ? 0 : costOfRun(spec, kinds.get(kindOfSpec(spec))!, left)
      lines.push({ plan, spec, state, left, costMs })
    }
  }
  if (err.isTTY) err.write('\r\x1b[K')
  const several = plans.length > 1
  out.write(
    table(lines, [
      ...(several ? [{ header: 'plan', value: ({ plan }: Line) => `${plan.experiment} ${plan.name}` }] : []),
      { header: 'run', value: ({ spec }) => spec.arm },
      { header: 'seed', align: 'right', value: ({ spec }) => String(spec.seed) },
      { header: 'id', value: ({ spec }) => runFiles(runs, spec).id },
      { header: 'state', value: ({ state }) => state },
      { header: 'steps', align: 'right', value: ({ spec }) => String(taskOf(spec).steps(spec) ?? '') },
      { header: 'takes', align: 'right', value: ({ costMs }) => (costMs === 0 ? '' : formatDuration(costMs)) },
    ]),
  )
  const todo = lines.filter(({ left }) => left > 0).map(({ costMs }) => costMs)
  out.write(
    `\n${todo.length} of ${lines.length} runs to make${todo.length === 0 ? '' : estimate(todo, jobs, kinds.size)}\n`,
  )
  if (lines.some(({ spec, left }) => left > 0 && spec.task === undefined && spec.training.stopWhenFitted)) {
    out.write('At most: these runs end as soon as every training example is fitted.\n')
  }
  out.write('Nothing was written. Without --dry-run they are made; run <id> makes one of them.\n')
  return E.right(undefined)
}

function estimate(lengths: readonly number[], jobs: number, trials: number): string {
  const inTurn = lengths.reduce((sum, length) => sum + length, 0)
  const together = timeWithJobs(lengths, jobs, availableParallelism())
  const trial =
    trials === 1 ? 'a trial of a few steps' : `trials of a few steps, one for each of ${trials} kinds of run`
  return `, about ${formatDuration(together)} with --jobs ${jobs}; ${formatDuration(inTurn)} of work, by ${trial} on this machine`
}

async function shareLeft(runs: string, spec: RunSpec, state: RunState): Promise<number> {
  if (state === 'done') return 0
  const steps = taskOf(spec).steps(spec)
  if (state === 'missing' || spec.task !== undefined || steps === undefined) return 1
  const result = await loadResult(runs, spec)()
  const made = E.isRight(result) ? (result.right?.steps.at(-1)?.step ?? 0) : 0
  return Math.max(0.01, 1 - made / steps)
}
