import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import { densePositions } from '../blocks/dense-positions.ts'
import { formedBlock } from '../blocks/formed-block.ts'
import { summedOuterProductBlock } from '../blocks/summed-outer-product-block.ts'
import { convolution } from '../convolution/convolution.ts'
import { depthwiseConvolution } from '../convolution/depthwise-convolution.ts'
import { depthwiseKernelGradients } from '../convolution/depthwise-kernel-gradients.ts'
import { windowOf, type Window } from '../convolution/window.ts'
import type { GradientBlock } from '../gradient-stack.ts'
import {
  biasOverPositions,
  convolutionActivation,
  convolutionLayer,
  layerWindow,
  refusesConvolution,
} from './convolution-layer.ts'
import type { Layer, LayerRule } from './layer-rule.ts'

/**
 * SeparableConv2D, z = (x ∗ D) · P + b: a depthwise convolution D [kh, kw, c, q] and a dense layer P [1, 1, c·q, p] at
 * every position. The tap sits after both: what lies between them, y = x ∗ D and its gradient δ·Pᵀ, is made again from
 * the layer's input and δ.
 */
export const separableConv2d: LayerRule = {
  className: 'SeparableConv2D',
  refuses: refusesConvolution,
  activation: convolutionActivation,

  preActivation(layer, input) {
    const { depthwiseKernel, pointwiseKernel, bias } = convolutionLayer(layer)
    const y = depthwiseConvolution(input as Tensor4D, depthwiseKernel.read(), windowOver(layer, input))
    return convolution(y, pointwiseKernel.read(), pointwise(y), bias?.read())
  },

  blocks({ layer, weights: { depthwise_kernel: depthwise, pointwise_kernel: point, bias }, calls, sliceBytes }) {
    const { depthwiseKernel, pointwiseKernel } = convolutionLayer(layer)
    const owned: Tensor[] = []
    const own = <T extends Tensor>(make: () => T): T => {
      const tensor = tf.tidy(make)
      owned.push(tensor)
      return tensor
    }
    const blocks: GradientBlock[] = []
    if (depthwise) {
      const rows = own(() => {
        const perCall = calls.map(({ input, delta }) => {
          const [q, p] = [pointwiseKernel.read().shape[2], delta.shape.at(-1)!]
          const matrix = tf.reshape(pointwiseKernel.read(), [q, p]) as Tensor2D
          const inner = tf.matMul(tf.reshape(delta, [delta.size / p, p]) as Tensor2D, matrix, false, true)
          const between: Tensor4D = tf.reshape(inner, [...delta.shape.slice(0, -1), q] as Tensor4D['shape'])
          return depthwiseKernelGradients(input as Tensor4D, between, windowOver(layer, input))
        })
        return (perCall.length === 1 ? perCall[0]! : tf.addN(perCall)) as Tensor2D
      })
      blocks.push(formedBlock(depthwise, rows))
    }
    if (point) {
      const activations = own(() =>
        joined(
          calls.map(({ input }) =>
            depthwiseConvolution(input as Tensor4D, depthwiseKernel.read(), windowOver(layer, input)),
          ),
        ),
      )
      const deltas = own(() => joined(calls.map((call) => call.delta)))
      blocks.push(summedOuterProductBlock(point, densePositions(activations, deltas), sliceBytes))
    }
    if (bias) {
      const { block, rows } = biasOverPositions(bias, calls)
      owned.push(rows)
      blocks.push(block)
    }
    return { blocks, owned }
  },
}

/** [m, h, w, c] of each call → [m, T, c]. */
function joined(images: readonly Tensor[]): Tensor3D {
  return tf.concat(
    images.map((each) => {
      const [m, c] = [each.shape[0]!, each.shape.at(-1)!]
      return tf.reshape(each, [m, each.size / (m * c), c]) as Tensor3D
    }),
    1,
  )
}

function windowOver(layer: Layer, input: Tensor): Window {
  return layerWindow(layer, [input.shape[1]!, input.shape[2]!])
}

function pointwise(images: Tensor4D): Window {
  return windowOf([images.shape[1], images.shape[2]], { taps: [1, 1], strides: [1, 1], padding: 'valid' })
}
