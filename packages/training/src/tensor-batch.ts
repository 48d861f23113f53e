import type { Batch } from '@coherent-gradients/core'
import type { TensorBatch } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'

/** A batch as tensors: inputs [m, …input shape] float32, labels [m] int32. The caller disposes of both. */
export function tensorBatch(batch: Batch): TensorBatch {
  return {
    inputs: tf.tensor(batch.inputs, [batch.ids.length, ...batch.inputShape], 'float32'),
    labels: tf.tensor1d(batch.labels, 'int32'),
  }
}
