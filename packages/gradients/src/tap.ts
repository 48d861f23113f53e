import * as tf from '@tensorflow/tfjs-core'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { ModelLayer } from './model-layers.ts'
import { rowsOf } from './rows-of.ts'
import type { LayerCall, LayerRule, RuleBlocks } from './rules/layer-rule.ts'

/**
 * Watches one layer during a pass. `install` replaces the layer's `call` on the instance by its rule's way forward, which
 * makes no gradient of a weight, and `remove` takes that off again.
 *
 * With a `probe`, and where the layer is trained, the replacement also keeps the input, and puts an identity whose
 * gradient keeps δ between the pre-activation and the activation. The scalar probe is an input of that identity, so that
 * a backward pass to the probe reaches every tap and makes nothing else.
 */
export class Tap {
  private readonly target: ModelLayer
  private readonly rule: LayerRule
  private readonly kept: Tensor[] = []
  private readonly calls: { input: Tensor; mask?: Tensor; delta?: Tensor; shape: number[] }[] = []

  constructor(target: ModelLayer, rule: LayerRule) {
    this.target = target
    this.rule = rule
  }

  install(probe?: Scalar): void {
    const { layer, weights } = this.target
    const watched = probe != null && Object.keys(weights).length > 0
    layer.call = (inputs, given: { readonly mask?: Tensor | Tensor[] } | null | undefined) => {
      const input = Array.isArray(inputs) ? inputs[0]! : inputs
      const mask = [given?.mask].flat()[0] ?? undefined
      const z = this.rule.preActivation(layer, input, mask)
      return this.rule.activation(layer, watched ? this.tapped(input, mask, z, probe) : z)
    }
  }

  remove(): void {
    delete (this.target.layer as Partial<ModelLayer['layer']>).call
  }

  /** The rule's blocks from what was kept, which `dispose` then frees. */
  blocks(sliceBytes: number): RuleBlocks {
    const { layer, weights } = this.target
    return this.rule.blocks({ layer, weights, calls: this.layerCalls(), sliceBytes })
  }

  /** As {@link blocks}, of `count` examples. What it makes on the way belongs to the caller's scope. */
  blocksOf(from: number, count: number, sliceBytes: number): RuleBlocks {
    const { layer, weights } = this.target
    const part = (tensor: Tensor): Tensor => rowsOf(tensor, from, count)
    const calls = this.layerCalls().map(({ input, delta, mask }) => ({
      input: part(input),
      delta: part(delta),
      ...(mask === undefined ? {} : { mask: part(mask) }),
    }))
    return this.rule.blocks({ layer, weights, calls, sliceBytes })
  }

  dispose(): void {
    tf.dispose(this.kept)
  }

  private layerCalls(): readonly LayerCall[] {
    return this.calls.map(({ input, mask, delta, shape }) => ({
      input,
      delta: delta ?? this.keep(tf.zeros(shape)),
      ...(mask === undefined ? {} : { mask }),
    }))
  }

  private tapped(input: Tensor, mask: Tensor | undefined, z: Tensor, probe: Scalar): Tensor {
    const call: Tap['calls'][number] = {
      input: this.keep(tf.clone(input)),
      ...(mask === undefined ? {} : { mask: this.keep(tf.clone(mask)) }),
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
