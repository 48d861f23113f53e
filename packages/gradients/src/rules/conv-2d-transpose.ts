import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { convolve } from '../convolution/convolve.ts'
import { fullCorrelation } from '../convolution/full-correlation.ts'
import { inputGradient } from '../convolution/input-gradient.ts'
import type { Window } from '../convolution/window.ts'
import { convolutionBlocks } from './convolution-blocks.ts'
import { convolutionActivation, convolutionLayer, layerWindow, refusesConvolution } from './convolution-layer.ts'
import type { Layer, LayerRule } from './layer-rule.ts'

/**
 * Conv2DTranspose, kernel [kh, kw, p, c]: the way back of a convolution that leads from the layer's outputs [m, h, w, p] to
 * its inputs [m, h′, w′, c]. So that convolution's images are δ, and its δ the layer's input.
 */
export const conv2dTranspose: LayerRule = {
  className: 'Conv2DTranspose',
  refuses: refusesConvolution,
  activation: convolutionActivation,

  preActivation(layer, input) {
    const { kernel, bias } = convolutionLayer(layer)
    const w = kernel.read()
    const window = windowInto(layer, input)
    const linear = tf.customGrad((...args: unknown[]) => {
      const value = inputGradient(args[0] as Tensor4D, tf.transpose(w, [0, 1, 3, 2]), window, fullCorrelation)
      return { value, gradFunc: (dz: Tensor) => convolve(dz as Tensor4D, w, window) }
    })
    const z = linear(input)
    return bias == null ? z : tf.add(z, bias.read())
  },

  blocks(pass) {
    return convolutionBlocks(pass, ({ input, delta }) => ({
      images: tf.clone(delta) as Tensor4D,
      delta: tf.clone(input) as Tensor4D,
      window: windowInto(pass.layer, input),
    }))
  },
}

/** The window of the convolution from outputs to inputs. tfjs gives outputs of stride·inputs, and the taps' rest if valid. */
function windowInto(layer: Layer, input: Tensor): Window {
  const { kernelSize, strides, padding } = convolutionLayer(layer)
  const outputs = (axis: 0 | 1): number => {
    const [taps, stride] = [kernelSize[axis]!, strides[axis]!]
    return input.shape[axis + 1]! * stride + (padding === 'same' ? 0 : Math.max(taps - stride, 0))
  }
  return layerWindow(layer, [outputs(0), outputs(1)], [1, 1])
}
