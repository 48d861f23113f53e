import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'

/** A block that computes its mean when it is first asked, and then hands out clones. `dispose` frees what it holds. */
export function meanOnce(block: GradientBlock): { readonly block: GradientBlock; dispose(): void } {
  let held: Tensor | undefined
  const mean = (): Tensor => {
    held ??= tf.keep(block.mean())
    return tf.clone(held)
  }
  return { block: { ...block, mean }, dispose: () => held?.dispose() }
}
