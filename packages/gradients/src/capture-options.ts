import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { LayerRule } from './rules/layer-rule.ts'

/** What the rows of captured gradients are, and how they are made. */
export interface CaptureOptions {
  /** One row an example, or the means of so many equal, consecutive micro-batches. */
  readonly rows: { readonly of: 'examples' } | { readonly of: 'micro-batches'; readonly groups: number }
  /** Rules for custom layers, or in place of a built-in one: the first that knows a layer's class counts. */
  readonly rules?: readonly LayerRule[]
  /**
   * By which statistics BatchNormalization layers go.
   *
   * - `inference`: the moving statistics, which stay as they are.
   * - `frozenBatch`, for rows that are examples: the batch's own, held constant; the moving statistics follow them.
   * - `training`, for rows that are micro-batches, and the default there: each micro-batch's own, through which its
   *   gradient goes; the moving statistics follow them one after another.
   *
   * Examples have no gradient of their own in training mode, so a model with BatchNormalization is refused where rows are
   * examples and none of the first two is chosen.
   */
  readonly batchNormalization?: 'inference' | 'frozenBatch' | 'training'
  /** As in `perExampleGradients`. */
  readonly sliceBytes?: number
  /** The model that the closure applies, where it applies one as a whole: its name goes in front of no weight's. */
  readonly root?: LayersModel
  /** The caller's name, in front of errors. */
  readonly what?: string
}
