import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { formedBlock } from '../blocks/formed-block.ts'
import type { BlockWeight } from '../blocks/block-weight.ts'
import type { GradientBlock } from '../gradient-stack.ts'
import { windowOf, type Pair, type Window } from '../convolution/window.ts'
import type { Layer, LayerCall } from './layer-rule.ts'

/** What tfjs's convolution layers hold, protected or private there; they are the layers' documented options and weights. */
export interface ConvolutionLayer {
  readonly kernel: { read(): Tensor4D }
  readonly depthwiseKernel: { read(): Tensor4D }
  readonly pointwiseKernel: { read(): Tensor4D }
  readonly bias: { read(): Tensor1D } | null
  readonly activation: { apply(z: Tensor): Tensor } | null
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly dilationRate: readonly number[] | number
  readonly padding: 'same' | 'valid' | 'causal'
  readonly dataFormat: 'channelsLast' | 'channelsFirst'
}

export function convolutionLayer(layer: Layer): ConvolutionLayer {
  return layer as unknown as ConvolutionLayer
}

export function refusesConvolution(layer: Layer): string | undefined {
  const { dataFormat, padding } = convolutionLayer(layer)
  if (dataFormat !== 'channelsLast') return 'has its channels first'
  return padding === 'causal' ? 'pads causally, which tfjs itself cannot run' : undefined
}

export function convolutionActivation(layer: Layer, preActivation: Tensor): Tensor {
  return convolutionLayer(layer).activation?.apply(preActivation) ?? preActivation
}

/** A layer's window over images of a size, with other dilations where it ignores its own. */
export function layerWindow(layer: Layer, size: Pair, dilations?: Pair): Window {
  const { kernelSize, strides, dilationRate, padding } = convolutionLayer(layer)
  const rate = typeof dilationRate === 'number' ? [dilationRate, dilationRate] : dilationRate
  return windowOf(size, {
    taps: pairOf(kernelSize),
    strides: pairOf(strides),
    dilations: dilations ?? pairOf(rate),
    padding: padding === 'same' ? 'same' : 'valid',
  })
}

/** Over sequences, the window has height 1. */
function pairOf(sizes: readonly number[]): Pair {
  return sizes.length === 1 ? [1, sizes[0]!] : [sizes[0]!, sizes[1]!]
}

/** The bias of a layer that adds it at every position: row i is Σ δᵢ over the positions of all calls. `rows` is owned. */
export function biasOverPositions(
  bias: BlockWeight,
  calls: readonly LayerCall[],
): { readonly block: GradientBlock; readonly rows: Tensor2D } {
  const rows = tf.tidy(() => {
    const perCall = calls.map(({ delta }) => {
      const [m, p] = [delta.shape[0]!, delta.shape.at(-1)!]
      return tf.sum(tf.reshape(delta, [m, delta.size / (m * p), p]), 1)
    })
    return (perCall.length === 1 ? perCall[0]! : tf.addN(perCall)) as Tensor2D
  })
  return { block: formedBlock(bias, rows), rows }
}
