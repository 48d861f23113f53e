import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'

interface MaxPoolingLayer {
  readonly poolSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: 'same' | 'valid'
  readonly dataFormat?: 'channelsLast' | 'channelsFirst'
}

/** MaxPooling1D, which has no weights: see {@link maxPooling2d}. */
export const maxPooling1d: LayerRule = maxPooling('MaxPooling1D')

/**
 * MaxPooling2D, which has no weights, but whose gradient tfjs's wasm loses in every window without a positive number.
 * There the way back goes by −1/x, which is positive and has its maxima where x has them.
 */
export const maxPooling2d: LayerRule = maxPooling('MaxPooling2D')

function maxPooling(className: string): LayerRule {
  return {
    className,
    refuses: (layer) =>
      (layer as unknown as MaxPoolingLayer).dataFormat === 'channelsFirst' ? 'has its channels first' : undefined,
    activation: (_, preActivation) => preActivation,
    preActivation(layer, input) {
      const [m, w, c] = input.shape as [number, number, number]
      const pooled = poolImages(layer, input.rank === 3 ? tf.reshape(input, [m, w, 1, c]) : (input as Tensor4D))
      return input.rank === 3 ? tf.reshape(pooled, [m, pooled.shape[1], c]) : pooled
    },
    blocks: () => ({ blocks: [], owned: [] }),
  }
}

function poolImages(layer: Layer, images: Tensor4D): Tensor4D {
  const { poolSize, strides, padding } = layer as unknown as MaxPoolingLayer
  const [filterSize, steps] = [poolSize, strides].map((each) => [each[0]!, each[1] ?? 1] as [number, number])
  const pool = (x: Tensor4D): Tensor4D => tf.maxPool(x, filterSize!, steps!, padding)
  const attributes = { filterSize: filterSize!, strides: steps!, pad: padding }
  const pooled = tf.customGrad((...args: unknown[]) => {
    const [x, save] = args as [Tensor4D, tf.GradSaveFunc]
    const value = pool(x)
    save([x, value])
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => {
      const [input, output] = saved as [Tensor4D, Tensor4D]
      const back = (from: Tensor4D, to: Tensor4D, delta: Tensor): Tensor =>
        tf.engine().runKernel('MaxPoolGrad', { dy: delta, input: from, output: to }, attributes)
      const positive = tf.cast(tf.greater(output, 0), 'float32')
      const inverse: Tensor4D = tf.neg(tf.reciprocal(tf.minimum(input, -1e-37)))
      const above = back(input, output, tf.mul(dy, positive))
      return tf.add(above, back(inverse, pool(inverse), tf.mul(dy, tf.sub(1, positive))))
    }
    return { value, gradFunc }
  })
  return pooled(images) as Tensor4D
}
