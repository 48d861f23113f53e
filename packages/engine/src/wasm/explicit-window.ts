import { backend_util } from '@tensorflow/tfjs-core'
import type { Padding } from './channels-last.ts'
import type { ConvolutionAttributes } from './convolution-attributes.ts'

/** What one axis of an image and of a convolution's kernel do: o·stride + k·dilation − before is read for output o, tap k. */
export interface WindowAxis {
  readonly input: number
  readonly output: number
  readonly taps: number
  readonly stride: number
  readonly dilation: number
  /** Zeros before and after the input. */
  readonly before: number
  readonly after: number
}

export interface ExplicitWindow {
  readonly batch: number
  readonly height: WindowAxis
  readonly width: WindowAxis
  readonly inChannels: number
  readonly outChannels: number
}

/** A convolution's window with every zero counted. Images [n, h, w, c], a kernel [taps, taps, c, p] or, `depthwise`, [taps, taps, c, q]. */
export function explicitWindow(
  imageShape: readonly number[],
  kernelShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise: boolean,
): ExplicitWindow {
  const info = backend_util.computeConv2DInfo(
    imageShape as [number, number, number, number],
    kernelShape as [number, number, number, number],
    attributes.strides,
    attributes.dilations ?? 1,
    pairs(attributes.pad) as 'same',
    attributes.dimRoundingMode,
    depthwise,
  )
  const { padInfo } = info
  return {
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    height: {
      input: info.inHeight,
      output: info.outHeight,
      taps: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: padInfo.top,
      after: padInfo.bottom,
    },
    width: {
      input: info.inWidth,
      output: info.outWidth,
      taps: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: padInfo.left,
      after: padInfo.right,
    },
  }
}

/**
 * One number for every side as a pair for each axis: tfjs, given the number, reckons the width of the result with the
 * height of the kernel.
 */
export function pairs(pad: Padding): Padding {
  if (typeof pad !== 'number') return pad
  return [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ]
}

/** The zeros around the images as tfjs takes them. */
export function explicitPadding({ height, width }: ExplicitWindow): readonly (readonly [number, number])[] {
  return [
    [0, 0],
    [height.before, height.after],
    [width.before, width.after],
    [0, 0],
  ]
}
