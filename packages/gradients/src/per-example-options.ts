import type { DropoutMasks } from './rules/keyed-dropout.ts'
import type { LayerRule } from './rules/layer-rule.ts'

/** How per-example gradients are made. */
export interface PerExampleOptions {
  /** Rules for custom layers, or in place of a built-in one: the first that knows a layer's class counts. */
  readonly rules?: readonly LayerRule[]
  /**
   * What to do with a trained layer that has no rule: `error` (the default) names it; `example-by-example` forms its rows
   * by one backward pass an example, exact and about m times as slow. Layers with rules stay fast either way.
   */
  readonly fallback?: 'error' | 'example-by-example'
  /**
   * Bytes that one method of a block may take for what it forms on the way, such as patches of images: 64 MiB unless
   * told. One example's share is the least. The results are the same, up to the order of float32 sums.
   */
  readonly sliceBytes?: number
  /**
   * By which statistics BatchNormalization layers go; in their training mode an example has no gradient of its own, since
   * it moves the statistics of all.
   *
   * - `inference` (the default): the moving statistics. An example's gradient is the same in any batch, so batches merge.
   *   Misleads early in training and after a change of the learning rate, while the moving statistics lag behind those
   *   that the network is trained by: the gradients are then those of a network that is never stepped.
   * - `frozenBatch`: this batch's own mean and variance in every layer, as its forward pass gives them, held constant. The
   *   outputs and losses are those of training mode. Misleads in small batches, whose statistics are noisy, and leaves out
   *   what of the training gradient goes through the statistics, so the mean isn't the gradient that training steps by.
   *   An example's gradient depends on the company it is in: measure all examples in one batch, or say the batches' size.
   *
   * α of the very gradients that training steps by is imputed from whole mini-batches: `microBatchGradients` with
   * `batchNormalization: 'training'`, then `imputedAlpha` of `@coherent-gradients/coherence`. No mode moves a statistic.
   */
  readonly batchNormalization?: 'inference' | 'frozenBatch'
  /**
   * Masks for Dropout layers, as steps are made with; off where it is left out, as measuring has it. Row i is then the gradient
   * of example i's loss in the network that its own mask leaves: a function of key and id, not of the batch around it.
   */
  readonly dropout?: DropoutMasks
}

/** 64 MiB. */
export const defaultSliceBytes: number = 2 ** 26
