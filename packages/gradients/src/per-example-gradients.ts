import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { GradientBlock, GradientStack } from './gradient-stack.ts'
import type { Loss, TensorBatch } from './loss.ts'
import { layerRules } from './rules/index.ts'
import type { LayerCall } from './rules/layer-rule.ts'
import { trainableLayers, type TrainableLayer } from './trainable-layers.ts'

/**
 * Every example's own gradient of its loss in every trainable weight, from one forward and one backward pass.
 *
 *   gᵢ = ∂ℓ(f(xᵢ), yᵢ)/∂w
 *
 * Index legend: i of m examples in `batch`. Never divided by m: the mean is `block.mean()`. The pass runs in inference
 * mode (dropout off), leaves every weight bit-identical, and keeps each layer's input and δ; the gradients themselves
 * are formed only where a block's `columns` asks for a slice. Regularisers of the layers are not part of the loss.
 *
 * The caller disposes of the stack; `model` and `batch` stay the caller's.
 *
 * @throws Error naming the layer and its class when a layer with trainable weights has no rule.
 * @throws RangeError when the model has no trainable weight, more than one output, or the losses aren't [m].
 * @see §4 of the paper, which writes g_z for the gradient of the loss on example z.
 */
export function perExampleGradients(model: LayersModel, loss: Loss, batch: TensorBatch): GradientStack {
  const layers = trainableLayers(model)
  refuseUnsupported(model, layers)
  const taps = layers.map((layer) => new Tap(layer))
  let losses: Tensor1D | undefined
  try {
    losses = runTapped(model, loss, batch, taps)
    const m = losses.shape[0]
    const ruled = taps.map((tap) => tap.blocks())
    const blocks: readonly GradientBlock[] = ruled.flatMap((each) => each.blocks)
    const owned: readonly Tensor[] = [
      losses,
      ...ruled.flatMap((each) => each.owned),
      ...taps.flatMap((tap) => tap.kept),
    ]
    return { rows: m, blocks, losses, dispose: () => tf.dispose([...owned]) }
  } catch (error) {
    tf.dispose([...taps.flatMap((tap) => tap.kept), ...(losses ? [losses] : [])])
    throw error
  }
}

function runTapped(model: LayersModel, loss: Loss, batch: TensorBatch, taps: readonly Tap[]): Tensor1D {
  return tf.tidy(() => {
    const probe = tf.scalar(0)
    try {
      const losses = tf.valueAndGrad((s: Tensor) => {
        for (const tap of taps) tap.install(s as Scalar)
        const output = model.apply(batch.inputs, { training: false }) as Tensor
        const perExample = loss.perExample(output, batch.labels)
        const m = batch.inputs.shape[0]
        if (perExample.rank !== 1 || perExample.shape[0] !== m) {
          throw new RangeError(
            `${loss.name}: required one loss for each of ${m} examples, found shape [${perExample.shape}]`,
          )
        }
        return perExample
      })(probe)
      return losses.value as Tensor1D
    } finally {
      for (const tap of taps) tap.remove()
    }
  })
}

function refuseUnsupported(model: LayersModel, layers: readonly TrainableLayer[]): void {
  if (layers.length === 0) throw new RangeError(`perExampleGradients: model ${model.name} has no trainable weight`)
  if (model.outputs.length !== 1) {
    throw new RangeError(
      `perExampleGradients: required a model with one output, found ${model.outputs.length} in ${model.name}`,
    )
  }
  for (const { layer, rule } of layers) {
    if (rule) continue
    const known = layerRules.map((each) => each.className).join(', ')
    throw new Error(
      `perExampleGradients: no rule for layer ${layer.name} of class ${layer.getClassName()}; there are rules for ${known}. ` +
        `Layers without trainable weights need none: set layer.trainable = false to leave it out.`,
    )
  }
}

/**
 * Watches one layer during a tapped pass. `install` replaces the layer's `call` on the instance; the replacement keeps
 * the input, puts an identity whose gradient keeps δ between the pre-activation and the activation, and is taken off
 * again by `remove`. The scalar `probe` is an input of that identity, so that the backward pass reaches every tap and
 * makes nothing else.
 */
class Tap {
  readonly kept: Tensor[] = []
  private readonly target: TrainableLayer
  private readonly calls: { input: Tensor; delta?: Tensor; shape: number[] }[] = []

  constructor(target: TrainableLayer) {
    this.target = target
  }

  install(probe: Scalar): void {
    const { layer, rule } = this.target
    layer.call = (inputs) => {
      const input = Array.isArray(inputs) ? inputs[0]! : inputs
      const z = rule!.preActivation(layer, input)
      return rule!.activation(layer, this.tapped(input, z, probe))
    }
  }

  remove(): void {
    delete (this.target.layer as Partial<TrainableLayer['layer']>).call
  }

  blocks(): ReturnType<NonNullable<TrainableLayer['rule']>['blocks']> {
    const calls: LayerCall[] = this.calls.map(({ input, delta, shape }) => ({
      input,
      delta: delta ?? this.keep(tf.zeros(shape)),
    }))
    return this.target.rule!.blocks(this.target.weights, calls)
  }

  private tapped(input: Tensor, z: Tensor, probe: Scalar): Tensor {
    const call: { input: Tensor; delta?: Tensor; shape: number[] } = {
      input: this.keep(tf.clone(input)),
      shape: z.shape,
    }
    this.calls.push(call)
    const identity = tf.customGrad((...args: unknown[]) => {
      const [value] = args as [Tensor]
      const gradFunc = (dz: Tensor): Tensor[] => {
        call.delta = this.keep(tf.clone(dz))
        return [dz, tf.zerosLike(probe)]
      }
      return { value: tf.clone(value), gradFunc }
    })
    return identity(z, probe)
  }

  private keep<T extends Tensor>(tensor: T): T {
    this.kept.push(tensor)
    return tf.keep(tensor)
  }
}
