import type { ImageWindow } from '@coherent-gradients/kernels'
import { backend_util } from '@tensorflow/tfjs-core'
import type { ConvolutionAttributes } from './convolution-attributes.ts'
import { pairs } from './explicit-window.ts'

/** The window of a pooling over images [n, h, w, c], with every pixel around them counted. */
export function poolWindow(
  shape: readonly number[],
  attributes: ConvolutionAttributes & { readonly filterSize: number | [number, number] },
): ImageWindow {
  const info = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    attributes.filterSize,
    attributes.strides,
    attributes.dilations ?? 1,
    pairs(attributes.pad) as 'same',
    attributes.dimRoundingMode,
  )
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    height: {
      input: info.inHeight,
      output: info.outHeight,
      taps: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: info.padInfo.top,
    },
    width: {
      input: info.inWidth,
      output: info.outWidth,
      taps: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: info.padInfo.left,
    },
  }
}
