import type { Split } from '@coherent-gradients/core'

/** n, or a RangeError when a split doesn't have n examples. */
export function checkedCount(asker: string, split: Split, n: number): number {
  if (Number.isInteger(n) && n >= 0 && n <= split.ids.length) return n
  throw new RangeError(`${asker}: required 0 to ${split.ids.length} examples of ${split.name}, found ${n}`)
}
