import type { Split } from '@coherent-gradients/core'
import { checkedCount } from './checked-count.ts'
import { subset } from './subset.ts'

/**
 * The first n examples, in file order.
 *
 * @throws RangeError when n is not an integer from 0 to the number of examples.
 *
 * @example
 * take(train, 2000).name // mnist/train[0:2000]
 */
export function take(split: Split, n: number): Split {
  return subset(split, split.ids.subarray(0, checkedCount('take', split, n)), `${split.name}[0:${n}]`)
}
