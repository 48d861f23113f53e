import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { RunSpec } from '../run-spec.ts'
import type { DataPlace } from './open-data.ts'
import { runFiles } from './run-files.ts'
import { isWorkerDied, runInWorker, type WorkerDied } from './run-in-worker.ts'
import { isBeingMade } from './run-lock.ts'
import type { RunProgress } from './run-progress.ts'

export interface PlanOptions extends DataPlace {
  readonly specs: readonly RunSpec[]
  /** The folder of all runs. */
  readonly runs: string
  /** Runs made at the same time, each in a process of its own. They end with this one. */
  readonly jobs: number
  readonly tell: (spec: RunSpec, progress: RunProgress) => void
}

/** From one look at the runs that other processes make to the next. */
const LOOK_AGAIN_MS = 300

/**
 * Makes the runs of a plan that aren't done yet, `jobs` at a time, in plan order. A run that is done is left as it is, so
 * a plan can be made again at any time; one that another process is making is left to it and waited for, so that two can
 * work on one plan.
 *
 * A run whose worker dies is made once more, from its last checkpoint on, when the others have begun: what ran out of memory
 * beside others may not do so then. If that worker dies too, the others are still made. Any other failure, which they would
 * most likely meet as well, stops what has not begun.
 *
 * @returns the first failure.
 */
export async function runPlan({ specs, jobs, tell, ...where }: PlanOptions): Promise<E.Either<Failure, void>> {
  const unique = new Map(specs.map((spec) => [runFiles(where.runs, spec).id, spec]))
  const isDone = (spec: RunSpec): boolean => existsSync(runFiles(where.runs, spec).done)
  let waiting = [...unique.values()].filter((spec) => !isDone(spec))
  let failure: Failure | undefined
  const lanes = Math.max(1, Math.min(jobs, waiting.length))
  // Runs made at the same time share the cores. What a run gives doesn't depend on its threads.
  const threads = Math.max(1, Math.min(4, Math.floor(availableParallelism() / lanes)))
  const told = new Set<RunSpec>()
  const died = new Set<RunSpec>()
  let dead: Failure | undefined
  /** The next run that nobody makes; waits where others make all that are left, since those may be killed. */
  const next = async (): Promise<RunSpec | undefined> => {
    for (;;) {
      if (failure !== undefined || waiting.length === 0) return undefined
      const free = waiting.find((spec) => !isBeingMade(runFiles(where.runs, spec)))
      if (free !== undefined) {
        waiting = waiting.filter((spec) => spec !== free)
        if (!isDone(free)) return free
        if (told.has(free)) tell(free, { kind: 'finished', step: 0, why: 'computed' })
        continue
      }
      for (const spec of waiting.filter((each) => !told.has(each))) tell(spec, { kind: 'elsewhere' })
      for (const spec of waiting) told.add(spec)
      await setTimeout(LOOK_AGAIN_MS)
    }
  }
  const lane = async (): Promise<void> => {
    for (let spec = await next(); spec !== undefined; spec = await next()) {
      const current = spec
      const ended = await runInWorker({ spec: current, threads, ...where }, (progress) => tell(current, progress))
      if (ended?._tag === 'RunElsewhere') {
        waiting.push(current)
        continue
      }
      if (isWorkerDied(ended)) {
        if (died.has(current)) dead ??= twice(ended)
        else {
          died.add(current)
          waiting.push(current)
          tell(current, { kind: 'died', how: ended.how })
        }
        continue
      }
      // Not `failure ??= await …`: that looks before it waits, and would forget a failure that came meanwhile.
      failure ??= ended
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const first = failure ?? dead
  return first === undefined ? E.right(undefined) : E.left(first)
}

function twice({ _tag, message }: WorkerDied): Failure {
  return {
    _tag,
    message: `${message}, as one before: run again, it goes on from its last checkpoint; where memory is short, with a smaller --jobs`,
  }
}
