import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { convolution } from '../convolution/convolution.ts'
import { convolutionBlocks } from './convolution-blocks.ts'
import { convolutionActivation, convolutionLayer, layerWindow, refusesConvolution } from './convolution-layer.ts'
import type { LayerRule } from './layer-rule.ts'

/**
 * z = x ∗ W + b, for images [m, h, w, c] and for sequences [m, w, c], which are images of height 1: row i of the kernel's
 * block is Σ over positions t of patchᵢₜ ⊗ δᵢₜ, of the bias's block Σ δᵢₜ.
 */
export function convolutionRule(className: string): LayerRule {
  return {
    className,
    refuses: refusesConvolution,
    activation: convolutionActivation,

    preActivation(layer, input) {
      const { kernel, bias } = convolutionLayer(layer)
      const images = asImages(input)
      const w = asKernel(kernel.read())
      const z = convolution(images, w, layerWindow(layer, [images.shape[1], images.shape[2]]), bias?.read())
      return input.rank === 3 ? tf.reshape(z, [z.shape[0], z.shape[2], z.shape[3]]) : z
    },

    blocks(pass) {
      return convolutionBlocks(pass, ({ input, delta }) => {
        const images = asImages(input)
        const window = layerWindow(pass.layer, [images.shape[1], images.shape[2]])
        return { images, delta: asImages(delta), window }
      })
    },
  }
}

/** [taps, c, p] → [1, taps, c, p]; [taps, taps, c, p] stays. */
function asKernel(kernel: Tensor): Tensor4D {
  return kernel.rank === 4
    ? (kernel as Tensor4D)
    : tf.reshape(kernel, [1, ...(kernel.shape as [number, number, number])])
}

/** [m, w, c] → [m, 1, w, c]; images stay as they are. A new tensor on the same data. */
function asImages(tensor: Tensor): Tensor4D {
  if (tensor.rank === 4) return tf.clone(tensor) as Tensor4D
  const [first, w, c] = tensor.shape as [number, number, number]
  return tf.reshape(tensor, [first, 1, w, c])
}
