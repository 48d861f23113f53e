import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientStack } from '@coherent-gradients/gradients'
import { aggregateBlocks } from './aggregate-blocks.ts'
import { gramOfStack } from './gram-of-stack.ts'

/** Σᵢ wᵢ gᵢ, for weights [m] that are made of the Gram matrix. No row is formed; all else is freed. */
export function weightedRows(stack: GradientStack, weightsOf: (gram: Tensor2D) => Tensor1D): NamedTensorMap {
  const weights = tf.tidy(() => weightsOf(gramOfStack(stack)))
  const gradient = aggregateBlocks(stack, (block) => block.weightedSum(weights))
  weights.dispose()
  return gradient
}
