import * as tf from '@tensorflow/tfjs-core'
import type { NamedTensorMap, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { GradientFold } from './gradient-fold.ts'
import type { GradientStack } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import { microBatchGradients } from './micro-batch-gradients.ts'
import type { MicroBatchOptions } from './micro-batch-options.ts'
import { rowsOf } from './rows-of.ts'

/** What a fold has taken of a batch. `dispose` frees it, the fold included. */
export interface FoldedMicroBatches {
  /** [k] the groups' mean losses, in order. */
  readonly losses: Tensor1D
  /** The fold's aggregate, once; the caller disposes of it. */
  gradient(): NamedTensorMap
  dispose(): void
}

/**
 * Hands the mean gradient of each of k equal, consecutive micro-batches to a fold, one after another, so that only what the
 * fold keeps is held: for many micro-batches of a large model, whose gradients `microBatchGradients` would hold all at once.
 *
 * Index legend: group j of k = `groups` holds examples j·n … (j+1)·n − 1, n = m/k. The caller disposes of what it is given.
 *
 * @throws RangeError for what `microBatchGradients` refuses.
 * @see §7 of the paper, footnote 25: for exact winsorization the storage depends on c.
 */
export function foldMicroBatches(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  groups: number,
  fold: GradientFold,
  options: MicroBatchOptions = {},
): FoldedMicroBatches {
  const m = batch.inputs.shape[0]!
  if (!Number.isInteger(groups) || groups < 1 || m % groups !== 0) {
    throw new RangeError(
      `foldMicroBatches: required a number of groups that divides the batch of ${m}, found ${groups}`,
    )
  }
  const size = m / groups
  const losses: Tensor1D[] = []
  try {
    for (let j = 0; j < groups; j++) {
      const part = { inputs: rowsOf(batch.inputs, j * size, size), labels: rowsOf(batch.labels, j * size, size) }
      try {
        losses.push(addTo(fold, microBatchGradients(model, loss, part, 1, masked(options, j * size, size))))
      } finally {
        tf.dispose([part.inputs, part.labels])
      }
    }
    const joined = tf.concat(losses)
    const dispose = (): void => {
      joined.dispose()
      fold.dispose()
    }
    return { losses: joined, gradient: () => fold.finish(), dispose }
  } catch (error) {
    fold.dispose()
    throw error
  } finally {
    tf.dispose(losses)
  }
}

/** The options of one group, with the masks of its examples alone. */
function masked(options: MicroBatchOptions, from: number, size: number): MicroBatchOptions {
  const { dropout } = options
  if (dropout === undefined) return options
  return { ...options, dropout: { key: dropout.key, ids: Array.from(dropout.ids).slice(from, from + size) } }
}

/** Hands on the only row of a stack, which is freed. Gives its loss. */
function addTo(fold: GradientFold, stack: GradientStack): Tensor1D {
  const gradient = Object.fromEntries(stack.blocks.map((block) => [block.name, block.mean()]))
  try {
    fold.add(gradient)
    return tf.clone(stack.losses)
  } finally {
    tf.dispose(gradient)
    stack.dispose()
  }
}
