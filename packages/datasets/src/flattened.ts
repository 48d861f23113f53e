import type { Split } from '@coherent-gradients/core'
import { reshaped } from './reshaped.ts'

/**
 * The same examples with inputs of one axis: what a network of dense layers takes of pictures. The numbers and their order
 * stay.
 *
 * @example
 * flattened(cifar).inputShape // [3072]
 */
export function flattened(split: Split): Split {
  return reshaped(split, [split.inputShape.reduce((product, side) => product * side, 1)])
}
