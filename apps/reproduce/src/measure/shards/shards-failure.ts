import type { Failure } from '@coherent-gradients/core'

/** A folder of partial sums that can't be read, or isn't of this measurement. */
export type ShardsFailure = Failure<'ShardsFailure', { file: string }>

export function shardsFailure(file: string, what: string): ShardsFailure {
  return { _tag: 'ShardsFailure', message: `${file}: ${what}`, file }
}
