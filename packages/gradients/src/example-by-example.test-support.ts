import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { trainableWeights, type Loss, type TensorBatch } from './index.ts'

/** The brute-force twin: a backward pass for each example alone. By weight name, m flattened gradients. */
export function exampleByExample(model: LayersModel, loss: Loss, batch: TensorBatch): Record<string, number[][]> {
  const weights = trainableWeights(model)
  const rows: Record<string, number[][]> = Object.fromEntries(weights.map((weight) => [weight.name, []]))
  for (let i = 0; i < batch.inputs.shape[0]!; i++) {
    tf.tidy(() => {
      const one = { inputs: tf.gather(batch.inputs, [i]), labels: tf.gather(batch.labels, [i]) }
      const { grads } = tf.variableGrads(
        () => tf.reshape(loss.perExample(model.apply(one.inputs) as tf.Tensor, one.labels), []) as tf.Scalar,
        weights.map((weight) => weight.variable),
      )
      for (const weight of weights) rows[weight.name]!.push([...grads[weight.variable.name]!.dataSync()])
    })
  }
  return rows
}
