import type { Split } from '@coherent-gradients/core'
import { tellingLabelsOf } from './read-labels.ts'

/**
 * The same examples with inputs of one axis: what a network of dense layers takes of pictures. The numbers and their order
 * stay.
 *
 * @example
 * flattened(cifar).inputShape // [3072]
 */
export function flattened(split: Split): Split {
  const inputShape = [split.inputShape.reduce((product, side) => product * side, 1)]
  const { name, ids, classes } = split
  const flat: Split = {
    name,
    ids,
    inputShape,
    classes,
    read: async (wanted) => ({ ...(await split.read(wanted)), inputShape }),
  }
  return tellingLabelsOf(flat, split, (labels) => labels)
}
