import type { Tensor } from '@tensorflow/tfjs-core'
import type { layers } from '@tensorflow/tfjs-layers'
import type { BlockWeight } from '../blocks/block-weight.ts'
import type { GradientBlock } from '../gradient-stack.ts'

export type Layer = layers.Layer

/**
 * One call of a layer during the forward pass, as the tap kept it: the input x and δ, the gradient of the summed
 * per-example losses in the layer's pre-activation. Row i of δ is example i's own.
 */
export interface LayerCall {
  readonly input: Tensor
  readonly delta: Tensor
}

/** What a rule gives: blocks, and the tensors that it made for them, which the stack disposes of. */
export interface RuleBlocks {
  readonly blocks: readonly GradientBlock[]
  readonly owned: readonly Tensor[]
}

/** How per-example gradients of one type of layer come from its calls. Adding a layer type is one such file. */
export interface LayerRule {
  /** The layer's class name in tfjs: `Dense`. */
  readonly className: string
  /**
   * The layer's output before its activation. Differentiable in `input` alone: the weights' gradients come from the
   * factors, and a backward pass that made them as well would double its cost.
   */
  preActivation(layer: Layer, input: Tensor): Tensor
  /** The layer's activation, applied after the tap. */
  activation(layer: Layer, preActivation: Tensor): Tensor
  /** Blocks of the trainable weights, from every call of the layer in this pass (more than one where it is shared). */
  blocks(weights: Readonly<Record<string, BlockWeight>>, calls: readonly LayerCall[]): RuleBlocks
}
