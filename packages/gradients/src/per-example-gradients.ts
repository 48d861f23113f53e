import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { meanOnce } from './blocks/mean-once.ts'
import type { GradientStack } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import { refuseProbabilities } from './refuse-probabilities.ts'
import { meanGradients } from './mean-gradients.ts'
import { modelLayers, type ModelLayer } from './model-layers.ts'
import { defaultSliceBytes, type PerExampleOptions } from './per-example-options.ts'
import { frozenBatchNormalization } from './rules/frozen-batch-normalization.ts'
import { layerRules } from './rules/index.ts'
import { keyedDropout } from './rules/keyed-dropout.ts'
import type { LayerRule } from './rules/layer-rule.ts'
import { tappedPass } from './tapped-pass.ts'
import { unruledLayers } from './unruled-layers.ts'

/**
 * Every example's own gradient of its loss in every trainable weight, from one forward and one backward pass.
 *
 *   gᵢ = ∂ℓ(f(xᵢ), yᵢ)/∂w
 *
 * Index legend: i of m examples in `batch`. Never divided by m: the mean is `block.mean()`. The pass runs in inference
 * mode (dropout off unless `dropout` says otherwise, batch normalisation by its moving statistics unless `batchNormalization`
 * does), leaves every weight and statistic bit-identical, and keeps what the gradients are made of; they are formed only where a block's method needs them. Layers without trainable
 * weights need no rule, and regularisers are not part of the loss.
 *
 * A layer that mixes the examples of a batch, other than BatchNormalization, has no per-example gradients; nothing here can tell, so such a layer is the
 * caller's to avoid.
 *
 * The caller disposes of the stack; `model` and `batch` stay the caller's.
 *
 * @throws Error naming the layer and its class when a layer with trainable weights has no rule and `fallback` is `error`.
 * @throws RangeError when the model ends in a softmax or sigmoid that the loss applies itself, has no trainable weight or
 *   more than one output, the losses aren't [m], `sliceBytes` isn't positive, `batchNormalization` is neither of its two,
 *   or `dropout` doesn't fit the batch.
 * @see §4 of the paper, which writes g_z for the gradient of the loss on example z.
 *
 * @example
 * const stack = perExampleGradients(model, softmaxCrossEntropy, batch, { fallback: 'example-by-example' })
 */
export function perExampleGradients(
  model: LayersModel,
  loss: Loss,
  batch: TensorBatch,
  {
    rules = [],
    fallback = 'error',
    sliceBytes = defaultSliceBytes,
    batchNormalization = 'inference',
    dropout,
  }: PerExampleOptions = {},
): GradientStack {
  if (!(sliceBytes > 0)) throw new RangeError(`perExampleGradients: required sliceBytes > 0, found ${sliceBytes}`)
  if (batchNormalization !== 'inference' && batchNormalization !== 'frozenBatch') {
    throw new RangeError(
      `perExampleGradients: required batchNormalization inference or frozenBatch, found ${batchNormalization}`,
    )
  }
  const frozen = batchNormalization === 'frozenBatch' ? frozenBatchNormalization() : undefined
  const masked = dropout ? [keyedDropout(dropout)] : []
  const known = [...rules, ...(frozen ? [frozen.recording] : []), ...masked, ...layerRules]
  const layers = modelLayers(model, known)
  refuseUnsupported(model, layers)
  refuseProbabilities('perExampleGradients', model, loss)
  if (fallback === 'error') refuseUnruled(model, rules)

  const m = batch.inputs.shape[0]!
  const passed: Tensor[] = []
  try {
    const pass = tappedPass(model, loss, batch, layers, sliceBytes)
    passed.push(pass.losses, ...pass.owned)
    // Parts of the batch go by the statistics of the whole.
    const parts = layers.map((each) =>
      frozen && each.rule === frozen.recording ? { ...each, rule: frozen.replaying } : each,
    )
    const slow = meanGradients(model, loss, batch, parts, m, dropout)
    const owned = [...passed, ...slow.rows]
    const all = layers.flatMap((each) => pass.blocks.get(each) ?? slow.blocks.get(each) ?? [])
    const remembering = all.map(meanOnce)
    const dispose = (): void => {
      tf.dispose(owned)
      for (const each of remembering) each.dispose()
    }
    return { rows: m, blocks: remembering.map((each) => each.block), losses: pass.losses, dispose }
  } catch (error) {
    tf.dispose(passed)
    throw error
  } finally {
    frozen?.dispose()
  }
}

function refuseUnsupported(model: LayersModel, layers: readonly ModelLayer[]): void {
  if (layers.every((each) => Object.keys(each.weights).length === 0)) {
    throw new RangeError(`perExampleGradients: model ${model.name} has no trainable weight`)
  }
  if (model.outputs.length !== 1) {
    throw new RangeError(
      `perExampleGradients: required a model with one output, found ${model.outputs.length} in ${model.name}`,
    )
  }
}

function refuseUnruled(model: LayersModel, rules: readonly LayerRule[]): void {
  const [unruled] = unruledLayers(model, rules)
  if (unruled === undefined) return
  const { name, className, refusal } = unruled
  const what =
    refusal === undefined
      ? `no rule for layer ${name} of class ${className}`
      : `the rule for ${className} doesn't take layer ${name}, which ${refusal}`
  throw new Error(
    `perExampleGradients: ${what}. Give one in options.rules, ask for fallback: 'example-by-example', ` +
      `or leave the layer out by layer.trainable = false.`,
  )
}
