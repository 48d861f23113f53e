import type { RunResult } from '../../run-result.ts'
import type { SuspectsSpec } from '../../specs/suspects-spec.ts'
import type { Criterion, Stage } from '../../suspects/scores.ts'

export type Ranked = RunResult<SuspectsSpec>

/** The runs of each condition, in the order in which they come. */
export function conditionsOf(runs: readonly Ranked[]): ReadonlyMap<string, readonly Ranked[]> {
  const found = new Map<string, Ranked[]>()
  for (const run of runs) found.set(run.spec.arm, [...(found.get(run.spec.arm) ?? []), run])
  return found
}

/** A number that a run noted of a criterion at a stage; NaN where it noted none. */
export function noted(run: Ranked, criterion: Criterion | 'labels', quantity: string, item: Stage | string): number {
  const row = run.quantities.find(
    (each) => each.series === criterion && each.quantity === quantity && each.item === item,
  )
  return row?.value ?? Number.NaN
}
