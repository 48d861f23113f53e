import type { QuantityRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../run-result.ts'
import type { RunSpec } from '../run-spec.ts'

/** The quantities of an experiment's one run; `undefined` until it is done. */
export function rowsOf(results: readonly (RunResult<RunSpec> | undefined)[]): readonly QuantityRow[] | undefined {
  const [run] = results
  return run?.done === true ? run.quantities : undefined
}
