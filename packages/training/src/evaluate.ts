import type { Split } from '@coherent-gradients/core'
import type { Loss } from '@coherent-gradients/gradients'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { tensorBatch } from './tensor-batch.ts'

/** How a model does on each of n examples. */
export interface Evaluation {
  readonly ids: Uint32Array
  /** [n] each example's loss. */
  readonly losses: Float32Array
  /** [n] 1 where the largest output is at the label. */
  readonly correct: Uint8Array
  readonly labels: Int32Array
  readonly trueLabels: Int32Array
  readonly touched: Uint8Array
}

/**
 * Evaluates a model on examples of a split, in their order, a chunk at a time. Leaves the weights as they are.
 *
 * Labels are those of the split, noise included.
 */
export async function evaluate(
  model: LayersModel,
  loss: Loss,
  split: Split,
  { ids = split.ids, chunk = 500 }: { readonly ids?: Uint32Array; readonly chunk?: number } = {},
): Promise<Evaluation> {
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
    const { inputs, labels } = tensorBatch(batch)
    const { losses, predicted } = tf.tidy(() => {
      const output = model.apply(inputs, { training: false }) as Tensor
      return { losses: loss.perExample(output, labels), predicted: tf.argMax(output, 1) }
    })
    const found = await predicted.data()
    evaluation.losses.set(await losses.data(), from)
    evaluation.labels.set(batch.labels, from)
    evaluation.trueLabels.set(batch.trueLabels, from)
    evaluation.touched.set(batch.touched, from)
    for (let i = 0; i < found.length; i++) evaluation.correct[from + i] = found[i] === batch.labels[i] ? 1 : 0
    tf.dispose([inputs, labels, losses, predicted])
  }
  return evaluation
}
