import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'

interface UpSamplingLayer {
  readonly size: readonly [number, number]
  readonly interpolation: 'nearest' | 'bilinear'
  readonly dataFormat: 'channelsLast' | 'channelsFirst'
}

/**
 * UpSampling2D that repeats pixels, which has no weights, but whose gradient tfjs's cpu backend gets wrong beyond the first
 * example: a pixel's is the sum over its copies.
 */
export const upSampling2d: LayerRule = {
  className: 'UpSampling2D',
  refuses(layer) {
    const { interpolation, dataFormat } = fieldsOf(layer)
    return interpolation === 'nearest' && dataFormat === 'channelsLast'
      ? undefined
      : `is ${interpolation} and ${dataFormat}: left to tfjs`
  },
  activation: (_, preActivation) => preActivation,
  preActivation(layer, input) {
    const { size } = fieldsOf(layer)
    const [down, across] = size
    const repeated = tf.customGrad((...args: unknown[]) => {
      const x = args[0] as Tensor4D
      const value = tf.image.resizeNearestNeighbor(x, [x.shape[1] * down, x.shape[2] * across])
      const gradFunc = (dz: Tensor): Tensor =>
        tf.mul(tf.avgPool(dz as Tensor4D, [down, across], [down, across], 'valid'), down * across)
      return { value, gradFunc }
    })
    return repeated(input)
  },
  blocks: () => ({ blocks: [], owned: [] }),
}

function fieldsOf(layer: Layer): UpSamplingLayer {
  return layer as unknown as UpSamplingLayer
}
