import { derive, type Key, permutation } from '@coherent-gradients/core'

/**
 * The order in which one epoch visits the examples: a shuffle of `ids` that depends on the key, the epoch and nothing
 * else; noise has no say in it.
 *
 * @example
 * epochOrder(train.ids, keyOf(0), 3) // the fourth epoch's order
 */
export function epochOrder(ids: Uint32Array, key: Key, epoch: number): Uint32Array {
  const order = permutation(derive(derive(key, 'epoch-order'), epoch), ids.length)
  return order.map((row) => ids[row] as number)
}
