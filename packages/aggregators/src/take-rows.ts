import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { outerProductBlock, type GradientBlock, type GradientStack } from '@coherent-gradients/gradients'
import { defaultSliceBytes, sliceBySlice } from './slice-by-slice.ts'

/**
 * Some rows of a stack, as a stack. What the others hold never enters a sum: not even a NaN times 0 does.
 *
 * Factors are gathered; other blocks form slices of all rows for a sum over some. The caller disposes of it; the stack that
 * it came from has to outlive it.
 */
export function takeRows(stack: GradientStack, rows: readonly number[]): GradientStack {
  const ids = tf.tensor1d([...rows], 'int32')
  const losses = tf.gather(stack.losses, ids)
  const owned: Tensor[] = [ids, losses]
  const blocks = stack.blocks.map((block) => {
    if (block.factors === undefined) return takeFormed(block, ids, rows.length, stack.rows)
    const factors = {
      activations: tf.gather(block.factors.activations, ids),
      deltas: tf.gather(block.factors.deltas, ids),
    }
    owned.push(factors.activations, factors.deltas)
    const { name, variable, layer, shape, size } = block
    return outerProductBlock({ name, variable, layer, shape, size }, factors)
  })
  return { rows: rows.length, blocks, losses, dispose: () => tf.dispose(owned) }
}

function takeFormed(block: GradientBlock, ids: Tensor1D, count: number, of: number): GradientBlock {
  const gathered = <T extends Tensor>(values: T): T => {
    const some = tf.gather(values, ids)
    values.dispose()
    return some
  }
  const columns = (from: number, to: number): Tensor2D => gathered(block.columns(from, to))
  const weightedSum = (weights: Tensor1D): Tensor =>
    tf.tidy(() => {
      const row = tf.reshape(weights, [1, count])
      const sums = sliceBySlice({ ...block, columns }, of, defaultSliceBytes, (slice) =>
        tf.reshape(tf.matMul(row, slice), [-1]),
      )
      return tf.reshape(sums, [...block.shape])
    })
  return {
    ...block,
    columns,
    weightedSum,
    mean: () => tf.tidy(() => weightedSum(tf.div(tf.ones([count]), count))),
    squaredNorms: () => gathered(block.squaredNorms()),
    dot: (direction) => gathered(block.dot(direction)),
    gram: () => tf.tidy(() => tf.gather(tf.gather(block.gram(), ids), ids, 1)),
  }
}
