import type { Batch } from '@coherent-gradients/core'
import type { Targets } from '@coherent-gradients/datasets'
import type { Loss, PerExampleOptions } from '@coherent-gradients/gradients'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { BatchNorm } from './batch-norm.ts'

/** What gradients are measured of, and how. */
export interface Measurement {
  readonly model: LayersModel
  readonly loss: Loss
  /** Labels go from 0 to one less than this. */
  readonly classes: number
  /** The rows that labels stand for, where they aren't classes. */
  readonly targets?: Targets
  /** As the model takes one example. */
  readonly inputShape: readonly number[]
  /** What to do with a layer that has no rule. */
  readonly fallback?: NonNullable<PerExampleOptions['fallback']>
  /** What batch normalisation goes by, where not by its moving statistics: a chunk is then one batch. */
  readonly batchNorm?: BatchNorm
  /** What the activations and δ of one pass may take, roughly: 32 MiB unless said. One example is the least. */
  readonly passBytes?: number
}

/** Gives examples the labels under which they are measured. */
export type Labelling = (batch: Batch) => Promise<Batch>
