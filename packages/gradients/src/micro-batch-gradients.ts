import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { formedBlock } from './blocks/formed-block.ts'
import type { GradientStack } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import { trainableLayers } from './trainable-layers.ts'

/**
 * The mean gradient of each of k equal, consecutive micro-batches of a batch.
 *
 *   row j = (1/n) Σ_{i in group j} gᵢ,  n = m/k
 *
 * Index legend: i of m examples, j of k = `groups`; group j holds examples j·n … (j+1)·n − 1. Rows are means over their
 * group and `losses` their mean losses, so the mean over rows is the batch's mean gradient. Needs no layer rules: any
 * model that tfjs can differentiate will do. Runs in inference mode and leaves the weights as they are.
 *
 * The caller disposes of the stack.
 *
 * @throws RangeError when k isn't a whole number ≥ 1 or doesn't divide m, or the model has no trainable weight.
 * @see §7 of the paper, "Scaling up".
 */
export function microBatchGradients(model: LayersModel, loss: Loss, batch: TensorBatch, groups: number): GradientStack {
  const m = batch.inputs.shape[0]!
  if (!Number.isInteger(groups) || groups < 1 || m % groups !== 0) {
    throw new RangeError(
      `microBatchGradients: required a number of groups that divides the batch of ${m}, found ${groups}`,
    )
  }
  const weights = trainableLayers(model).flatMap((each) => Object.values(each.weights))
  if (weights.length === 0) throw new RangeError(`microBatchGradients: model ${model.name} has no trainable weight`)
  const size = m / groups
  const variables = weights.map((weight) => weight.variable)
  const made = tf.tidy(() => {
    const gradients: Tensor[][] = weights.map(() => [])
    const losses: Tensor[] = []
    for (let j = 0; j < groups; j++) {
      const inputs = rowsOf(batch.inputs, j * size, size)
      const labels = rowsOf(batch.labels, j * size, size)
      const { value, grads } = tf.variableGrads(() => {
        const output = model.apply(inputs, { training: false }) as Tensor
        return tf.mean(loss.perExample(output, labels))
      }, variables)
      losses.push(value)
      weights.forEach((weight, w) => gradients[w]!.push(tf.reshape(grads[weight.variable.name]!, [weight.size])))
    }
    return { losses: tf.stack(losses) as Tensor1D, rows: gradients.map((each) => tf.stack(each) as Tensor2D) }
  })
  return {
    rows: groups,
    blocks: weights.map((weight, w) => formedBlock(weight, made.rows[w]!)),
    losses: made.losses,
    dispose: () => tf.dispose([made.losses, ...made.rows]),
  }
}

/** Rows `from` … `from + count − 1`. */
function rowsOf(tensor: Tensor, from: number, count: number): Tensor {
  const rest = tensor.shape.slice(1)
  return tf.slice(tensor, [from, ...rest.map(() => 0)], [count, ...rest])
}
