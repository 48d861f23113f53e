import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OwnRule } from '../own-rule/own-rule.ts'
import { keepRule } from '../own-rule/kept-rule.ts'
import type { RunSpec } from '../run-spec.ts'
import type { DataPlace } from '../runner/open-data.ts'
import { runInWorker } from '../runner/run-in-worker.ts'
import { taskOf } from '../runner/tasks/index.ts'
import { costOfKind, type CostOfKind, type Told } from './cost-of-kind.ts'
import { trialOf } from './trial-of.ts'

export interface TrialOptions extends DataPlace {
  /** Milliseconds from any start. */
  readonly clock: () => number
  /** The trial is stopped after this long. */
  readonly limitMs: number
  /** Kernels' threads, as the runs will have. */
  readonly threads: number
  /** The rule that the user set, if any. */
  readonly own?: OwnRule
}

/** Learns what runs of a spec's kind cost by making a little of one, in a temporary folder that is removed. */
export async function tryKind(
  spec: RunSpec,
  { clock, limitMs, threads, own, ...place }: TrialOptions,
): Promise<E.Either<Failure, CostOfKind>> {
  const runs = await mkdtemp(join(tmpdir(), 'reproduce-estimate-'))
  try {
    const kept = own === undefined ? E.right(undefined) : await keepRule(runs, own)()
    if (E.isLeft(kept)) return kept
    const began = clock()
    const told: Told[] = []
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), limitMs)
    const failure = await runInWorker(
      { spec: trialOf(spec), runs, threads, ...place },
      (progress, at) => told.push({ at, progress }),
      limit.signal,
    )
    clearTimeout(timer)
    if (failure !== undefined && !limit.signal.aborted) return E.left(failure)
    const steps = taskOf(spec).steps(spec)
    const finished = failure === undefined
    return E.right(costOfKind(told, { ended: clock() - began, finished, ...(steps === undefined ? {} : { steps }) }))
  } finally {
    await rm(runs, { recursive: true, force: true })
  }
}
