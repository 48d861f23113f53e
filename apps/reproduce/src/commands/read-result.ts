import type { Failure } from '@coherent-gradients/core'
import { function as fn, taskEither as TE } from 'fp-ts'
import type { ResultTable } from '../experiment.ts'
import type { Figure } from '../figure/figure.ts'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'
import { loadResult } from '../runner/load-result.ts'
import type { Verdict } from '../verdict.ts'
import type { Plan } from './plan-of.ts'

/** A plan's results with what is drawn and judged from them. */
export interface PlanResult {
  readonly plan: Plan
  readonly results: readonly (RunResult<RunSpec> | undefined)[]
  /** Those that have a panel. */
  readonly figures: readonly Figure[]
  readonly verdicts: readonly Verdict[]
  /** The experiment's own tables, where it has any. */
  readonly tables: readonly ResultTable[]
}

/** Reads the runs of a plan, draws their figures and judges them. Writes nothing. */
export function readResult(plan: Plan, runs: string): TE.TaskEither<Failure, PlanResult> {
  return fn.pipe(
    plan.specs,
    TE.traverseArray((spec) => loadResult(runs, spec)),
    TE.map((results) => ({
      plan,
      results,
      figures: plan.definition.draw(results).filter((figure) => figure.rows.some((row) => row.length > 0)),
      verdicts: plan.definition.judge(results),
      tables: plan.definition.tabulate?.(results) ?? [],
    })),
  )
}
