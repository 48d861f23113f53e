import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { formedBlock } from './blocks/formed-block.ts'
import type { GradientBlock, GradientStack } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import { refuseProbabilities } from './refuse-probabilities.ts'
import { meanGradients } from './mean-gradients.ts'
import { modelLayers } from './model-layers.ts'
import { defaultSliceBytes } from './per-example-options.ts'
import type { MicroBatchOptions } from './micro-batch-options.ts'
import { rowsOf } from './rows-of.ts'
import { layerRules } from './rules/index.ts'
import { keyedDropout } from './rules/keyed-dropout.ts'
import { movingAlong } from './rules/stepping-batch-normalization.ts'
import { trainingBatchNormalization } from './rules/training-batch-normalization.ts'
import { stacked } from './stacked.ts'
import { tappedPass } from './tapped-pass.ts'
import { withMasks } from './with-masks.ts'

const moving = movingAlong(trainingBatchNormalization, 1)

/**
 * The mean gradient of each of k equal, consecutive micro-batches of a batch.
 *
 *   row j = (1/n) Σ_{i in group j} gᵢ,  n = m/k
 *
 * Index legend: i of m examples, j of k = `groups`; group j holds examples j·n … (j+1)·n − 1. Rows are means over their
 * group and `losses` their mean losses, so the mean over rows is the batch's mean gradient. Any model that tfjs can
 * differentiate will do; layers that have rules need no gradient kernel of the backend. Runs in inference mode, but for
 * BatchNormalization where `batchNormalization: 'training'` asks for it and Dropout where `dropout` does, and leaves every weight as it is, and every statistic
 * unless `moveStatistics` asks for more.
 *
 * In training mode row j is the gradient that a step on group j alone would take, through the group's own statistics: the
 * whole mini-batch's, for `imputedAlpha` of `@coherent-gradients/coherence`. Then it is not the mean of anything that
 * belongs to one example, and rows of other group sizes are gradients of other functions.
 *
 * The caller disposes of the stack.
 *
 * @throws RangeError when k isn't a whole number ≥ 1 or doesn't divide m, the model has no trainable weight,
 *   `batchNormalization` is neither of its two, or `dropout` doesn't fit the batch.
 * @see §7 of the paper, "Scaling up"; §4 on batch normalisation, and Appendix D.
 *
 * @example
 * const stack = microBatchGradients(model, loss, batch, 8, { batchNormalization: 'training' })
 */
export function microBatchGradients(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  groups: number,
  { batchNormalization = 'inference', moveStatistics = false, dropout }: MicroBatchOptions = {},
): GradientStack {
  const m = batch.inputs.shape[0]!
  if (!Number.isInteger(groups) || groups < 1 || m % groups !== 0) {
    throw new RangeError(
      `microBatchGradients: required a number of groups that divides the batch of ${m}, found ${groups}`,
    )
  }
  if (batchNormalization !== 'inference' && batchNormalization !== 'training') {
    throw new RangeError(
      `microBatchGradients: required batchNormalization inference or training, found ${batchNormalization}`,
    )
  }
  if (dropout !== undefined && dropout.ids.length !== m) {
    throw new RangeError(`microBatchGradients: required an id for each of ${m} examples, found ${dropout.ids.length}`)
  }
  const layers = modelLayers(model, [
    ...(batchNormalization === 'training' ? [moveStatistics ? moving : trainingBatchNormalization] : []),
    ...(dropout ? [keyedDropout(dropout)] : []),
    ...layerRules,
  ])
  if (layers.every((each) => Object.keys(each.weights).length === 0)) {
    throw new RangeError(`microBatchGradients: model ${model.name} has no trainable weight`)
  }
  refuseProbabilities('microBatchGradients', model, loss)
  const ruled = layers.filter((each) => each.rule != null)
  const weights = ruled.flatMap((each) => Object.values(each.weights))
  const size = m / groups
  const made = tf.tidy(() => {
    const parts = Array.from({ length: groups }, (_, j) =>
      tf.tidy(() => {
        const part = { inputs: rowsOf(batch.inputs, j * size, size), labels: rowsOf(batch.labels, j * size, size) }
        const own = withMasks(layers, dropout, j * size, size)
        const { losses, blocks } = tappedPass(model, loss, part, own, defaultSliceBytes)
        const means = ruled.flatMap((each) =>
          (blocks.get(each) ?? []).map((block) => tf.tidy(() => tf.reshape(block.mean(), [block.size]))),
        )
        return { loss: tf.mean(losses), means }
      }),
    )
    return {
      losses: tf.stack(parts.map((part) => part.loss)) as Tensor1D,
      rows: stacked(parts.map((part) => part.means)),
    }
  })
  // Passes for layers without a rule come after those that moved the statistics.
  const still = layers.map((each) => (each.rule === moving ? { ...each, rule: trainingBatchNormalization } : each))
  const { blocks: slow, rows } = meanGradients(model, loss, batch, still, groups, dropout)
  const quick = weights.map((weight, w) => formedBlock(weight, made.rows[w]!))
  const blocks = layers.flatMap(
    (each): readonly GradientBlock[] => slow.get(each) ?? quick.filter((block) => block.layer === each.name),
  )
  const owned: readonly Tensor[] = [made.losses, ...made.rows, ...rows]
  return { rows: groups, blocks, losses: made.losses, dispose: () => tf.dispose([...owned]) }
}
