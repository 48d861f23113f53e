import { existsSync } from 'node:fs'
import type { RunSpec } from '../run-spec.ts'
import { runFiles } from './run-files.ts'
import { isBeingMade } from './run-lock.ts'

/** How a run stands: `torn` where it was stopped or killed, and goes on from its last checkpoint when it is made again. */
export type RunState = 'done' | 'running' | 'torn' | 'missing'

/** How a run stands at this moment, by its folder alone. */
export function stateOfRun(runs: string, spec: RunSpec): RunState {
  const files = runFiles(runs, spec)
  if (existsSync(files.done)) return 'done'
  if (isBeingMade(files)) return 'running'
  return existsSync(files.spec) ? 'torn' : 'missing'
}
