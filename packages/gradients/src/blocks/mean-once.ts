import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'

/** A block that may give its mean and its squared norms in one pass over the batch, which costs about what the mean costs. */
export interface BlockInOnePass extends GradientBlock {
  /** Undefined where the engine has no such pass. */
  meanAndSquaredNorms?(): { readonly mean: Tensor; readonly squaredNorms: Tensor1D } | undefined
}

/**
 * A block that computes its mean when it is first asked, or with the squared norms where it can, and then hands out clones.
 * `dispose` frees what it holds.
 */
export function meanOnce(block: BlockInOnePass): { readonly block: GradientBlock; dispose(): void } {
  let held: Tensor | undefined
  const mean = (): Tensor => {
    held ??= tf.keep(block.mean())
    return tf.clone(held)
  }
  const squaredNorms = (): Tensor1D => {
    const both = held === undefined ? block.meanAndSquaredNorms?.() : undefined
    if (both === undefined) return block.squaredNorms()
    held = tf.keep(both.mean)
    return both.squaredNorms
  }
  return { block: { ...block, mean, squaredNorms }, dispose: () => held?.dispose() }
}
