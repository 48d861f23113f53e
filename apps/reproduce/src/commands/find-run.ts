import type { Failure } from '@coherent-gradients/core'
import { either as E } from 'fp-ts'
import { experiments } from '../experiments/index.ts'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from '../runner/run-files.ts'
import { planOf, type Plan, type PlanRequest } from './plan-of.ts'
import { plansIn } from './plans-in.ts'

/** A planned run with the plan that it is part of. */
export interface PlannedRun {
  readonly plan: Plan
  readonly spec: RunSpec
}

/** Whether a word on the command line is a run's id. */
export function isRunId(word: string): boolean {
  return /^[0-9a-f]{12}$/.test(word)
}

/**
 * The planned run of an id: in the plans that were noted in the folder of runs, then in every experiment's at any scale
 * as the options ask for them.
 */
export function findRun(
  id: string,
  runs: string,
  asked: Omit<PlanRequest, 'experiment' | 'scale'>,
): E.Either<Failure<'UnknownRun'>, PlannedRun> {
  for (const plan of plans(runs, asked)) {
    const spec = plan.specs.find((each) => runFiles(runs, each).id === id)
    if (spec !== undefined) return E.right({ plan, spec })
  }
  const message = `no plan has a run ${id}: reproduce status lists the ids of those that were asked for, reproduce run <experiment> --dry-run those of any; one made with --set or --engine needs the same here`
  return E.left({ _tag: 'UnknownRun', message })
}

function* plans(runs: string, asked: Omit<PlanRequest, 'experiment' | 'scale'>): Generator<Plan> {
  yield* plansIn(runs)
  for (const experiment of experiments) {
    for (const scale of ['smoke', 'desk', 'paper'] as const) {
      const plan = planOf({ ...asked, experiment: experiment.id, scale })
      if (E.isRight(plan)) yield plan.right
    }
  }
}
