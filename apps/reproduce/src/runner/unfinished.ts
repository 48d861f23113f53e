import { existsSync } from 'node:fs'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from './run-files.ts'

/** How many of the runs are yet to be made or ended. */
export function unfinished(specs: readonly RunSpec[], runs: string): number {
  return specs.filter((spec) => !existsSync(runFiles(runs, spec).done)).length
}
