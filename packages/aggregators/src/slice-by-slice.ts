import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '@coherent-gradients/gradients'

/** Bytes of formed rows held at a time, unless a rule's `sliceBytes` says otherwise. */
export const defaultSliceBytes: number = 16 * 2 ** 20

/** [size] a reduction of [m, columns] to [columns], over slices of the block's columns that fit into `sliceBytes`. */
export function sliceBySlice(
  block: GradientBlock,
  rows: number,
  sliceBytes: number,
  reduce: (slice: Tensor2D) => Tensor1D,
): Tensor {
  const width = Math.max(1, Math.floor(sliceBytes / (4 * rows)))
  const parts: Tensor1D[] = []
  for (let from = 0; from < block.size; from += width) {
    parts.push(tf.tidy(() => reduce(block.columns(from, Math.min(block.size, from + width)))))
  }
  return parts.length === 1 ? parts[0]! : tf.concat(parts)
}
