import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { formedBlock } from './blocks/formed-block.ts'
import type { GradientBlock } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import type { ModelLayer } from './model-layers.ts'
import { perExampleLosses } from './per-example-losses.ts'
import { rowsOf } from './rows-of.ts'
import type { DropoutMasks } from './rules/keyed-dropout.ts'
import { stacked } from './stacked.ts'
import { withRules } from './tapped-pass.ts'
import { withMasks } from './with-masks.ts'

/**
 * Formed rows for trained layers that have no rule, by a backward pass through each of k equal, consecutive parts of a
 * batch: row j is the gradient of part j's mean loss. Layers with rules go forward by these, so that tfjs makes no other
 * weight's gradient.
 *
 * `rows` are the blocks' tensors, which the caller disposes of.
 */
export function meanGradients(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  layers: readonly ModelLayer[],
  parts: number,
  masks?: DropoutMasks,
): { readonly blocks: ReadonlyMap<ModelLayer, readonly GradientBlock[]>; readonly rows: readonly Tensor[] } {
  const unruled = layers.filter((each) => each.rule == null && Object.keys(each.weights).length > 0)
  if (unruled.length === 0) return { blocks: new Map(), rows: [] }
  const weights = unruled.flatMap((each) => Object.values(each.weights))
  const variables = weights.map((weight) => weight.variable)
  const size = batch.inputs.shape[0]! / parts
  const rows = tf.tidy(() => {
    const perPart = Array.from({ length: parts }, (_, j) =>
      withRules(withMasks(layers, masks, j * size, size), () =>
        tf.tidy(() => {
          const part = { inputs: rowsOf(batch.inputs, j * size, size), labels: rowsOf(batch.labels, j * size, size) }
          const { grads } = tf.variableGrads(() => tf.mean(perExampleLosses(model, loss, part)), variables)
          return weights.map(({ variable, size: p }) => tf.reshape(grads[variable.name] ?? tf.zeros([p]), [p]))
        }),
      ),
    )
    return stacked(perPart)
  })
  const made = weights.map((weight, w) => formedBlock(weight, rows[w]!))
  const blocks = new Map(unruled.map((each) => [each, made.filter((block) => block.layer === each.name)] as const))
  return { blocks, rows }
}
