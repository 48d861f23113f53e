import type { Split } from '@coherent-gradients/core'
import { tellingLabelsOf } from './read-labels.ts'

/**
 * The same examples with inputs of another shape, as many numbers in the same order.
 *
 * @throws RangeError where the shape holds another number of them.
 *
 * @example
 * reshaped(mnist, [28, 28, 1]).inputShape // [28, 28, 1]
 */
export function reshaped(split: Split, inputShape: readonly number[]): Split {
  const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)
  if (sizeOf(inputShape) !== sizeOf(split.inputShape)) {
    const found = `[${inputShape.join(', ')}] for [${split.inputShape.join(', ')}]`
    throw new RangeError(`reshaped: required a shape of ${sizeOf(split.inputShape)} numbers, found ${found}`)
  }
  const { name, ids, classes } = split
  const same: Split = {
    name,
    ids,
    inputShape: [...inputShape],
    classes,
    read: async (wanted) => ({ ...(await split.read(wanted)), inputShape: [...inputShape] }),
  }
  return tellingLabelsOf(same, split, (labels) => labels)
}
