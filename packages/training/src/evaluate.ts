import type { Split } from '@coherent-gradients/core'
import type { Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { tensorBatch } from './tensor-batch.ts'

/** How a model does on each of n examples, in the order of `ids`. */
export interface Evaluation {
  readonly ids: Uint32Array
  /** [n] each example's loss. */
  readonly losses: Float32Array
  /** [n] 1 where the largest output is at the label; of equal outputs the first is taken. */
  readonly correct: Uint8Array
  /** [n] the split's labels, noise included. */
  readonly labels: Int32Array
  /** [n] the labels before any noise. */
  readonly trueLabels: Int32Array
  /** [n] 1 where noise chose the example. */
  readonly touched: Uint8Array
}

/** Which examples to evaluate, and how many at a time. */
export interface EvaluateOptions {
  /** Every example of the split when left out. */
  readonly ids?: Uint32Array
  /** Examples in one forward pass: bounds the memory. Default 500. */
  readonly chunk?: number
}

/**
 * Evaluates a classifier on examples of a split, in the order of `ids`, a chunk at a time.
 *
 * Losses and right answers are by the split's labels, noise included; {@link summarise} makes means of them, over
 * populations if need be. Runs in inference mode and leaves the weights as they are. Tensors made here are disposed of.
 *
 * @throws RangeError (as a rejection) when `chunk` isn't a whole number ≥ 1, an id isn't in the split, or the model's
 *   output isn't [m, C].
 *
 * @example
 * const { accuracy } = summarise(await evaluate(model, softmaxCrossEntropy, test))
 */
export async function evaluate(
  model: LayersModel,
  loss: Loss,
  split: Split,
  { ids = split.ids, chunk = 500 }: EvaluateOptions = {},
): Promise<Evaluation> {
  if (!Number.isInteger(chunk) || chunk < 1) {
    throw new RangeError(`evaluate: required chunk to be a whole number ≥ 1, found ${chunk}`)
  }
  const n = ids.length
  const evaluation = {
    ids,
    losses: new Float32Array(n),
    correct: new Uint8Array(n),
    labels: new Int32Array(n),
    trueLabels: new Int32Array(n),
    touched: new Uint8Array(n),
  }
  for (let from = 0; from < n; from += chunk) {
    const batch = await split.read(ids.subarray(from, from + chunk))
    const { losses, predicted } = forward(model, loss, tensorBatch(batch))
    try {
      const found = await predicted.data()
      evaluation.losses.set(await losses.data(), from)
      evaluation.labels.set(batch.labels, from)
      evaluation.trueLabels.set(batch.trueLabels, from)
      evaluation.touched.set(batch.touched, from)
      for (let i = 0; i < found.length; i++) evaluation.correct[from + i] = found[i] === batch.labels[i] ? 1 : 0
    } finally {
      tf.dispose([losses, predicted])
    }
  }
  return evaluation
}

/** Losses [m] and predicted classes [m] of one chunk, whose tensors it disposes of. */
function forward(
  model: LayersModel,
  loss: Loss,
  { inputs, labels }: ReturnType<typeof tensorBatch>,
): { losses: Tensor1D; predicted: Tensor1D } {
  try {
    return tf.tidy(() => {
      const output = model.apply(inputs, { training: false }) as Tensor
      if (output.rank !== 2) throw new RangeError(`evaluate: required outputs [m, C], found [${output.shape}]`)
      return { losses: loss.perExample(output, labels), predicted: tf.argMax(output, 1) as Tensor1D }
    })
  } finally {
    tf.dispose([inputs, labels])
  }
}
