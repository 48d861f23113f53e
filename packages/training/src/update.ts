import type { Batch } from '@coherent-gradients/core'
import {
  foldMicroBatches,
  microBatchGradients,
  perExampleGradients,
  type Aggregator,
  type AggregatorState,
  type DropoutMasks,
  type Loss,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { countCorrect } from './count-correct.ts'
import { descend } from './descend.ts'
import { tensorBatch } from './tensor-batch.ts'

export interface UpdateOptions {
  readonly model: LayersModel
  /** The trainable weights, under the names of the gradient blocks. */
  readonly variables: ReadonlyMap<string, Variable>
  readonly loss: Loss
  readonly aggregator: Aggregator
  readonly learningRate: number
  /** As in `TrainingOptions`. */
  readonly weightDecay?: number
  /** As in `TrainingOptions`. */
  readonly foldAboveBytes?: number
  /** This step's masks of the batch. */
  readonly masks?: DropoutMasks
}

/** What one batch did. */
export interface Update {
  /** Mean loss over the batch, before the update. */
  readonly loss: number
  /** Share of the batch that was right, before the update. */
  readonly accuracy: number
  /** The aggregator's memory after the update; null when the loss wasn't finite, so that none was made. */
  readonly state: AggregatorState | null
}

/**
 * One update of the weights from one batch: w ← w(1 − ηλ) − η · aggregate(g₁, …, g_m).
 *
 * Frees all that it makes, whatever happens, but for the new state; `state` itself stays the caller's.
 *
 * @throws RangeError (as a rejection) when the batch is empty, TypeError when the aggregator leaves a weight out.
 */
export async function update(options: UpdateOptions, batch: Batch, state: AggregatorState): Promise<Update> {
  const { variables, learningRate, weightDecay } = options
  const examples = batch.ids.length
  if (examples === 0) throw new RangeError('train: required a batch of at least 1 example, found 0')
  const tensors = tensorBatch(batch)
  const counted = countCorrect(options.loss)
  let rows: Rows | undefined
  try {
    rows = rowsOf(options, counted.loss, tensors)
    const loss = meanOf(await rows.losses.data())
    const accuracy = (await counted.count()) / examples
    if (!Number.isFinite(loss)) return { loss, accuracy, state: null }
    const { gradient, state: next } = rows.aggregate(state)
    try {
      descend(variables, gradient, learningRate, weightDecay)
    } catch (error) {
      tf.dispose(next)
      throw error
    } finally {
      tf.dispose(gradient)
    }
    return { loss, accuracy, state: next }
  } finally {
    rows?.dispose()
    counted.dispose()
    tf.dispose([tensors.inputs, tensors.labels])
  }
}

/** The rows of a batch: their losses, and what the aggregator makes of them. */
interface Rows {
  readonly losses: Tensor1D
  aggregate(state: AggregatorState): ReturnType<Aggregator['aggregate']>
  dispose(): void
}

/** Each micro-batch goes by its own statistics, as in the paper's M3 and A3, and the moving ones follow. */
const ofTraining = { batchNormalization: 'training', moveStatistics: true } as const

/** 256 MiB. */
const defaultFoldAboveBytes = 2 ** 28

function rowsOf(
  { model, variables, aggregator, foldAboveBytes = defaultFoldAboveBytes, masks }: UpdateOptions,
  loss: Loss,
  batch: TensorBatch,
): Rows {
  const { rows, fold } = aggregator
  const dropout = masks === undefined ? {} : { dropout: masks }
  const size = [...variables.values()].reduce((sum, variable) => sum + variable.size, 0)
  if (rows.of === 'micro-batches' && fold !== undefined && 4 * size * rows.groups > foldAboveBytes) {
    const { losses, gradient, dispose } = foldMicroBatches(model, loss, batch, rows.groups, fold(), {
      ...ofTraining,
      ...dropout,
    })
    return { losses, aggregate: () => ({ gradient: gradient(), state: {} }), dispose }
  }
  const stack =
    rows.of === 'examples'
      ? perExampleGradients(model, loss, batch, dropout)
      : microBatchGradients(model, loss, batch, rows.groups, { ...ofTraining, ...dropout })
  return {
    losses: stack.losses,
    aggregate: (state) => aggregator.aggregate(stack, state),
    dispose: () => stack.dispose(),
  }
}

function meanOf(losses: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < losses.length; i++) sum += losses[i]!
  return sum / losses.length
}
