import type { Batch, Failure } from '@coherent-gradients/core'
import {
  microBatchGradients,
  perExampleGradients,
  type GradientStack,
  type TensorBatch,
} from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import { either as E } from 'fp-ts'
import { USUAL_PASS_BYTES } from './examples-at-a-time.ts'
import { labelOutOfRange } from './label-failure.ts'
import type { Measurement } from './measurement.ts'

/**
 * Does something with the gradients of a batch, and frees them: a row an example, or one row where α is imputed.
 *
 * @returns left where a label is out of the model's range (the example's id is named), or the model can't be measured: a
 *   layer has no rule, or tfjs itself fails.
 */
export async function withGradients<T>(
  batch: Batch,
  measurement: Measurement,
  use: (stack: GradientStack) => Promise<E.Either<Failure, T>>,
): Promise<E.Either<Failure, T>> {
  const { classes } = measurement
  const wrong = batch.labels.findIndex((label) => label < 0 || label >= classes)
  if (wrong >= 0) {
    const id = batch.ids[wrong]!
    return E.left(labelOutOfRange(id, batch.labels[wrong]!, classes))
  }
  const tensors = tensorsOf(batch, measurement)
  try {
    const stack = E.tryCatch(
      () => gradientsOf(tensors, measurement),
      (error): Failure => ({ _tag: 'NotMeasurable', message: `this model can't be measured: ${messageOf(error)}` }),
    )
    if (E.isLeft(stack)) return stack
    try {
      return await use(stack.right)
    } finally {
      stack.right.dispose()
    }
  } finally {
    tf.dispose([tensors.inputs, tensors.labels])
  }
}

function gradientsOf(
  batch: TensorBatch,
  { model, loss, fallback, batchNorm, passBytes = USUAL_PASS_BYTES }: Measurement,
): GradientStack {
  if (batchNorm?.how === 'imputed') {
    return microBatchGradients(model, loss, batch, 1, { batchNormalization: 'training' })
  }
  return perExampleGradients(model, loss, batch, {
    // What is formed on the way comes on top of the activations.
    sliceBytes: passBytes / 2,
    ...(fallback === undefined ? {} : { fallback }),
    ...(batchNorm === undefined ? {} : { batchNormalization: 'frozenBatch' }),
  })
}

function tensorsOf({ inputs, labels }: Batch, { inputShape, targets }: Measurement): TensorBatch {
  const m = labels.length
  return {
    inputs: tf.tensor(inputs, [m, ...inputShape], 'float32'),
    labels:
      targets === undefined ? tf.tensor1d(labels, 'int32') : tf.tensor2d(rowsOf(labels, targets), [m, targets.width]),
  }
}

function rowsOf(labels: Int32Array, { width, rows }: NonNullable<Measurement['targets']>): Float32Array {
  const taken = new Float32Array(labels.length * width)
  labels.forEach((label, i) => taken.set(rows.subarray(label * width, (label + 1) * width), i * width))
  return taken
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
