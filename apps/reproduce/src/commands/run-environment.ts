import { existsSync, readFileSync } from 'node:fs'
import type { RunOrigin } from '../report/provenance.ts'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from '../runner/run-files.ts'

/** What a report takes from a run's `environment.json`. */
export interface RunEnvironment extends RunOrigin {
  readonly engine: { readonly description: string } | null
  readonly versions: Readonly<Record<string, string>>
  readonly machine: { readonly platform: string; readonly arch: string; readonly cpu: string; readonly cores: number }
}

/** With what a run was made; undefined where its folder doesn't say. */
export function runEnvironment(runs: string, spec: RunSpec): RunEnvironment | undefined {
  const file = runFiles(runs, spec).environment
  // Runs of before data were hashed have none.
  if (!existsSync(file)) return undefined
  const environment = JSON.parse(readFileSync(file, 'utf8')) as Omit<RunEnvironment, 'data'> & Partial<RunOrigin>
  return { data: {}, ...environment }
}

/** The source and data that a run was made from. */
export function runOrigin(runs: string, spec: RunSpec): RunOrigin {
  return runEnvironment(runs, spec) ?? { revision: null, data: {} }
}
