import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { formedBlock } from '../blocks/formed-block.ts'
import { depthwiseConvolution } from '../convolution/depthwise-convolution.ts'
import { depthwiseKernelGradients } from '../convolution/depthwise-kernel-gradients.ts'
import type { Window } from '../convolution/window.ts'
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
 * DepthwiseConv2D, each channel by its own q kernels: kernel [kh, kw, c, q]. Its rows are held formed: they are about as
 * large as what they would come from. The layer has no dilation: tfjs takes the option and leaves it out.
 */
export const depthwiseConv2d: LayerRule = {
  className: 'DepthwiseConv2D',
  refuses: refusesConvolution,
  activation: convolutionActivation,

  preActivation(layer, input) {
    const { depthwiseKernel, bias } = convolutionLayer(layer)
    const z = depthwiseConvolution(input as Tensor4D, depthwiseKernel.read(), windowOver(layer, input))
    return bias == null ? z : tf.add(z, bias.read())
  },

  blocks({ layer, weights: { depthwise_kernel: kernel, bias }, calls }) {
    const owned: Tensor[] = []
    const blocks: GradientBlock[] = []
    if (kernel) {
      const rows = tf.tidy(() => {
        const perCall = calls.map(({ input, delta }) =>
          depthwiseKernelGradients(input as Tensor4D, delta as Tensor4D, windowOver(layer, input)),
        )
        return (perCall.length === 1 ? perCall[0]! : tf.addN(perCall)) as Tensor2D
      })
      owned.push(rows)
      blocks.push(formedBlock(kernel, rows))
    }
    if (bias) {
      const { block, rows } = biasOverPositions(bias, calls)
      owned.push(rows)
      blocks.push(block)
    }
    return { blocks, owned }
  },
}

function windowOver(layer: Layer, input: Tensor): Window {
  return layerWindow(layer, [input.shape[1]!, input.shape[2]!], [1, 1])
}
