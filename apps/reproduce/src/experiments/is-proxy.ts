import type { RunResult } from '../run-result.ts'

/** Whether another data set stands in for the paper's ImageNet. */
export function isProxy(results: readonly (RunResult | undefined)[]): boolean {
  return !results.some((result) => result?.spec.data.dataset === 'imagenet')
}
