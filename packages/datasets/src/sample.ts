import { derive, type Key, permutation, type Split } from '@coherent-gradients/core'
import { checkedCount } from './checked-count.ts'
import { subset } from './subset.ts'

/**
 * n examples drawn without replacement, each set of n equally likely, left in file order. With one key, a smaller
 * sample is part of a larger one.
 *
 * @throws RangeError when n is not an integer from 0 to the number of examples.
 *
 * @example
 * sample(train, keyOf(0), 2000).name // mnist/train[2000 drawn]
 */
export function sample(split: Split, key: Key, n: number): Split {
  checkedCount('sample', split, n)
  const order = permutation(derive(key, 'sample'), split.ids.length)
  const drawn = Uint32Array.from(order.subarray(0, n), (row) => split.ids[row] as number)
  return subset(split, drawn, `${split.name}[${n} drawn]`)
}
