import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { densePositions } from '../blocks/dense-positions.ts'
import { formedBlock } from '../blocks/formed-block.ts'
import { outerProductBlock } from '../blocks/outer-product-block.ts'
import { summedOuterProductBlock } from '../blocks/summed-outer-product-block.ts'
import type { GradientBlock } from '../gradient-stack.ts'
import { affine } from './affine.ts'
import type { Layer, LayerRule } from './layer-rule.ts'

interface DenseLayer {
  readonly kernel: { read(): Tensor2D }
  readonly bias: { read(): Tensor1D } | null
  readonly activation: { apply(z: Tensor): Tensor } | null
}

/**
 * Dense, z = x·W + b: row i of the kernel's block is xᵢ ⊗ δᵢ, of the bias's block δᵢ. On inputs with axes between the
 * batch and the features, and where the layer is shared, both sum over the positions.
 */
export const dense: LayerRule = {
  className: 'Dense',

  preActivation(layer, input) {
    const { kernel, bias } = fieldsOf(layer)
    const product = tf.customGrad((...args: unknown[]) => {
      const x = args[0] as Tensor
      const w = kernel.read()
      const [d, p] = w.shape
      const value = affine(flat(x, d), w, bias?.read())
      const gradFunc = (dz: Tensor): Tensor => shaped(tf.matMul(flat(dz, p), kernel.read(), false, true), x.shape)
      return { value: shaped(value, [...x.shape.slice(0, -1), p]), gradFunc }
    })
    return product(input)
  },

  activation(layer, preActivation) {
    const { activation } = fieldsOf(layer)
    return activation == null ? preActivation : activation.apply(preActivation)
  },

  blocks({ weights: { kernel, bias }, calls, sliceBytes }) {
    const owned: Tensor[] = []
    const own = <T extends Tensor>(tensor: T): T => {
      owned.push(tensor)
      return tensor
    }
    const blocks: GradientBlock[] = []
    const [call] = calls
    if (calls.length === 1 && call!.input.rank === 2) {
      const deltas = own(tf.clone(call!.delta as Tensor2D))
      if (kernel) {
        const activations = own(tf.clone(call!.input as Tensor2D))
        blocks.push(outerProductBlock(kernel, { activations, deltas }))
      }
      if (bias) blocks.push(formedBlock(bias, deltas))
    } else {
      const join = (tensors: readonly Tensor[]): Tensor3D => own(tf.tidy(() => tf.concat(tensors.map(positions), 1)))
      const deltas = join(calls.map((each) => each.delta))
      if (kernel) {
        const factors = densePositions(join(calls.map((each) => each.input)), deltas)
        blocks.push(summedOuterProductBlock(kernel, factors, sliceBytes))
      }
      if (bias) blocks.push(formedBlock(bias, own(tf.sum(deltas, 1) as Tensor2D)))
    }
    return { blocks, owned }
  },
}

/** […, d] → [n, d]. */
function flat(x: Tensor, d: number): Tensor2D {
  return shaped(x, [x.size / d, d]) as Tensor2D
}

/** The tensor itself where it has the shape already. */
function shaped(x: Tensor, shape: number[]): Tensor {
  return tf.util.arraysEqual(x.shape, shape) ? x : tf.reshape(x, shape)
}

/** [m, …, d] → [m, T, d]. */
function positions(tensor: Tensor): Tensor3D {
  const m = tensor.shape[0]!
  const d = tensor.shape.at(-1)!
  return tf.reshape(tensor, [m, tensor.size / (m * d), d])
}

/** tfjs keeps these three protected; they are the layer's documented weights and activation. */
function fieldsOf(layer: Layer): DenseLayer {
  return layer as unknown as DenseLayer
}
