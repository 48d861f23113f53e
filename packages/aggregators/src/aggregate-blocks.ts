import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core'
import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'

/** One tensor per block, keyed by its name and shaped like its weight; everything in between is freed. */
export function aggregateBlocks(stack: GradientStack, aggregate: (block: GradientBlock) => Tensor): NamedTensorMap {
  return tf.tidy(() =>
    Object.fromEntries(
      stack.blocks.map((block) => {
        const gradient = aggregate(block)
        const same = tf.util.arraysEqual(gradient.shape, [...block.shape])
        return [block.name, same ? gradient : tf.reshape(gradient, [...block.shape])]
      }),
    ),
  )
}
