import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { GradientBlock, GradientStack } from '@coherent-gradients/gradients'
import { takeRows } from './take-rows.ts'

/** What has to be finite: every value, or also 4m times the row's squared norm, as sums of squared distances need it. */
export type Finiteness = 'values' | 'squared norms'

/**
 * The stack, if all rows are finite. Where some aren't, a RangeError with their numbers, or a stack of the others, which the
 * caller disposes of.
 *
 * Reads m numbers. On webgpu, which can't be read here, nothing is refused and the values show in the result; rows can't be
 * dropped there, which is a RangeError.
 */
export function finiteRows(
  name: string,
  stack: GradientStack,
  finiteness: Finiteness,
  nonFinite: 'refuse' | 'drop',
): GradientStack {
  if (tf.getBackend() === 'webgpu') {
    if (nonFinite === 'refuse') return stack
    throw new RangeError(
      `${name}: required an engine that reads synchronously to drop rows (cpu, wasm, tensorflow), found webgpu`,
    )
  }
  const measured = tf.tidy(() => {
    const each = stack.blocks.map(finiteness === 'values' ? zerosOf : (block) => block.squaredNorms())
    return tf.mul(tf.addN(each), 4 * stack.rows)
  })
  const values = measured.dataSync()
  measured.dispose()
  const good: number[] = []
  const bad: number[] = []
  for (const [row, value] of values.entries()) (Number.isFinite(value) ? good : bad).push(row)
  if (bad.length === 0) return stack
  if (nonFinite === 'drop') return takeRows(stack, good)
  const required = finiteness === 'values' ? 'finite values' : 'squared norms that float32 can hold'
  const named = bad.slice(0, 5).join(', ') + (bad.length > 5 ? ', …' : '')
  throw new RangeError(
    `${name}: required ${required}, found others in row${bad.length === 1 ? '' : 's'} ${named} of ${stack.rows}; ` +
      `nonFinite: 'drop' leaves such rows out`,
  )
}

/** [m] 0 for a row without NaN and infinities, NaN or an infinity for another. */
function zerosOf(block: GradientBlock): Tensor1D {
  if (block.factors === undefined) {
    // So small that no sum of finite values overflows.
    return tf.mul(block.dot(tf.mul(tf.ones([...block.shape]), 2 ** -64)), 2 ** -64)
  }
  const { activations, deltas } = block.factors
  const largest = (factor: Tensor): Tensor => tf.max(tf.abs(factor), 1)
  const zeros = (factor: Tensor): Tensor => tf.sum(tf.mul(factor, 0), 1)
  const product = tf.mul(tf.mul(largest(activations), largest(deltas)), 0)
  return tf.addN([zeros(activations), zeros(deltas), product]) as Tensor1D
}
