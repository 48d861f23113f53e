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
  /** [m, T] which positions of the input count, where the layer was told. */
  readonly mask?: Tensor
}

/** All that a pass over m examples tells of one layer. */
export interface LayerPass {
  readonly layer: Layer
  /** The trainable weights by their own names (`kernel`, `bias`). */
  readonly weights: Readonly<Record<string, BlockWeight>>
  /**
   * Every call of the layer, more than one where the model shares it. The tensors are freed when `blocks` returns: what a
   * block needs later, its rule clones.
   */
  readonly calls: readonly LayerCall[]
  /** Bytes that one method of a block may take for what it forms on the way. */
  readonly sliceBytes: number
}

/** What a rule gives: blocks, and the tensors that it made or cloned for them, which the stack disposes of. */
export interface RuleBlocks {
  readonly blocks: readonly GradientBlock[]
  readonly owned: readonly Tensor[]
}

/**
 * How per-example gradients of one type of layer come from its calls. Adding a layer type is one such file.
 *
 * A rule for a layer without weights replaces tfjs's way forward and back, and its `blocks` are never asked for.
 */
export interface LayerRule {
  /** The layer's class name in tfjs: `Dense`. */
  readonly className: string
  /** Why this one layer of the class is beyond the rule, in words that follow its name; undefined where it isn't. */
  refuses?(layer: Layer): string | undefined
  /**
   * The layer's output before its activation, in inference mode. Differentiable in `input` alone: the weights' gradients
   * come from the factors, and a backward pass that made them as well would double its cost. `mask` is what a layer before it
   * says of positions; most layers hand it on and do nothing by it.
   */
  preActivation(layer: Layer, input: Tensor, mask?: Tensor): Tensor
  /** The layer's activation, applied after the tap. The output itself where there is none. */
  activation(layer: Layer, preActivation: Tensor): Tensor
  /**
   * Blocks of the trainable weights, in the layer's order. The weights may change as soon as this returns: a block keeps
   * what it needs of their values.
   */
  blocks(pass: LayerPass): RuleBlocks
}
