import type { RunResult } from '../run-result.ts'

/** The runs that have been made to their end. */
export function finished(results: readonly (RunResult | undefined)[]): readonly RunResult[] {
  return results.filter((result): result is RunResult => result?.done === true)
}
