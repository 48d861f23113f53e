import type { TableName } from '@coherent-gradients/runlog'
import type { RunSpec } from '../run-spec.ts'
import { taskOf } from './tasks/index.ts'

/** The tables that a run writes. */
export function tablesOf(spec: RunSpec): readonly TableName[] {
  return taskOf(spec).tables(spec)
}
