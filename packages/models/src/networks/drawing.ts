import * as tfl from '@tensorflow/tfjs-layers'
import type { SymbolicTensor } from '@tensorflow/tfjs-layers'
import { requireWidth } from '../require-width.ts'

/** What a network of images is drawn with: layer after layer, each named by its type and number. */
export interface Drawing {
  readonly input: SymbolicTensor
  convolution(x: SymbolicTensor, options: ConvolutionOptions): SymbolicTensor
  maxPooling(x: SymbolicTensor, size: number, options?: PoolingOptions): SymbolicTensor
  globalAverage(x: SymbolicTensor): SymbolicTensor
  flatten(x: SymbolicTensor): SymbolicTensor
  dense(x: SymbolicTensor, units: number, activation: 'relu' | 'linear'): SymbolicTensor
  relu(x: SymbolicTensor): SymbolicTensor
  add(a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor
  concatenate(x: readonly SymbolicTensor[]): SymbolicTensor
  model(outputs: SymbolicTensor): tfl.LayersModel
}

interface PoolingOptions {
  /** The size unless said. */
  readonly strides?: number
  readonly padding?: 'same' | 'valid'
}

interface ConvolutionOptions {
  readonly filters: number
  readonly size: number
  readonly strides?: number
  readonly padding?: 'same' | 'valid'
  /** Batch normalisation after it, in the place of a bias. Default false. */
  readonly normalised?: boolean
  readonly relu?: boolean
  /** What its name begins with. Default `conv`. */
  readonly type?: string
}

/** Begins to draw a network over images of [height, width, channels]. */
export function drawing(inputShape: readonly [number, number, number]): Drawing {
  const input = tfl.input({ shape: inputShape.map((length, i) => requireWidth(`inputShape[${i}]`, length)) })
  const counts = new Map<string, number>()
  const named = (type: string): string => {
    counts.set(type, (counts.get(type) ?? 0) + 1)
    return `${type}_${counts.get(type)}`
  }
  const applied = (layer: tfl.layers.Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor =>
    layer.apply(x) as SymbolicTensor
  const relu = (x: SymbolicTensor): SymbolicTensor => applied(tfl.layers.reLU({ name: named('relu') }), x)
  return {
    input,
    relu,
    convolution(x, options) {
      const { filters, size, strides = 1, padding = 'same', normalised = false, relu: rectified = true } = options
      const y = applied(
        tfl.layers.conv2d({
          name: named(options.type ?? 'conv'),
          filters: requireWidth('filters', filters),
          kernelSize: size,
          strides,
          padding,
          useBias: !normalised,
          kernelInitializer: 'zeros',
          ...(rectified && !normalised ? { activation: 'relu' } : {}),
        }),
        x,
      )
      if (!normalised) return y
      const z = applied(tfl.layers.batchNormalization({ name: named('normalisation') }), y)
      return rectified ? relu(z) : z
    },
    maxPooling: (x, size, { strides = size, padding = 'same' } = {}) =>
      applied(tfl.layers.maxPooling2d({ name: named('pooling'), poolSize: size, strides, padding }), x),
    globalAverage: (x) => applied(tfl.layers.globalAveragePooling2d({ name: named('average') }), x),
    flatten: (x) => applied(tfl.layers.flatten({ name: named('flatten') }), x),
    dense: (x, units, activation) =>
      applied(
        tfl.layers.dense({
          name: named('dense'),
          units: requireWidth('units', units),
          kernelInitializer: 'zeros',
          ...(activation === 'relu' ? { activation } : {}),
        }),
        x,
      ),
    add: (a, b) => applied(tfl.layers.add({ name: named('add') }), [a, b]),
    concatenate: (x) => applied(tfl.layers.concatenate({ name: named('concatenate') }), [...x]),
    model: (outputs) => tfl.model({ inputs: input, outputs }),
  }
}

/** Channels by a width multiplier, rounded up. @throws RangeError where the multiplier isn't above 0. */
export function scaledBy(width: number | undefined): (channels: number) => number {
  const factor = width ?? 1
  if (!(factor > 0 && factor < Infinity)) throw new RangeError(`buildModel: required a width above 0, found ${factor}`)
  return (channels) => Math.ceil(channels * factor)
}
