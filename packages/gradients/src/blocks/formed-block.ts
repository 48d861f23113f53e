import { squaredNorms } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'
import type { BlockWeight } from './block-weight.ts'
import { shapedAs } from './shaped-as.ts'

/**
 * A block whose rows are held as they are: a bias, whose per-example gradient is δᵢ itself, or the means of
 * micro-batches. `rows` is [m, size] and owned by the stack.
 */
export function formedBlock(weight: BlockWeight, rows: Tensor2D): GradientBlock {
  const m = rows.shape[0]
  return {
    ...weight,
    mean: () => shapedAs(weight, tf.mean(rows, 0)),
    weightedSum: (weights: Tensor1D) =>
      tf.tidy(() => tf.reshape(tf.matMul(tf.reshape(weights, [1, m]), rows), [...weight.shape])),
    squaredNorms: () => squaredNorms(rows),
    dot: (direction: Tensor) =>
      tf.tidy(() => tf.reshape(tf.matMul(rows, tf.reshape(direction, [weight.size, 1])), [m]) as Tensor1D),
    gram: () => tf.matMul(rows, rows, false, true),
    columns: (from: number, to: number) => tf.slice(rows, [0, from], [m, to - from]),
  }
}
