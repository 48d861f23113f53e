import type { RunResult } from '../run-result.ts'

/** Cross-entropy of guessing among the classes: where a fit starts once the first steps have mended the initial weights. */
export function chanceLoss({ spec }: RunResult): number {
  return Math.log(spec.data.dataset === 'imagenet' ? 1000 : spec.data.dataset === 'cifar100' ? 100 : 10)
}
