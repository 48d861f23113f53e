import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'
import { scaleAndShiftBlocks } from './scale-and-shift-blocks.ts'

interface LayerNormalization {
  readonly axis: readonly number[] | number
  readonly epsilon: number
  readonly gamma: { read(): Tensor } | null | undefined
  readonly beta: { read(): Tensor } | null | undefined
}

/**
 * LayerNormalization, z = γ ⊙ x̂ + β with x̂ = (x − μ)/√(σ² + ε), mean and variance of each example's own, over the layer's
 * axes.
 *
 *   x̄ = (ȳ − mean(ȳ) − x̂ ⊙ mean(ȳ ⊙ x̂)) / √(σ² + ε),  ȳ = δ ⊙ γ
 */
export const layerNormalization: LayerRule = {
  className: 'LayerNormalization',
  activation: (_, preActivation) => preActivation,

  preActivation(layer, input) {
    const { gamma, beta } = fieldsOf(layer)
    const axes = axesOf(layer, input)
    const normalised = tf.customGrad((...args: unknown[]) => {
      const [x, save] = args as [Tensor, tf.GradSaveFunc]
      const { standard, inverse } = standardise(layer, x)
      save([standard, inverse])
      const scaled = gamma == null ? standard : tf.mul(standard, alongAxes(x, axes, gamma.read()))
      const value = beta == null ? scaled : tf.add(scaled, alongAxes(x, axes, beta.read()))
      const gradFunc = (dz: Tensor, saved: Tensor[]): Tensor => {
        const [y, perExample] = saved as [Tensor, Tensor]
        const dy = gamma == null ? dz : tf.mul(dz, alongAxes(x, axes, gamma.read()))
        const along = tf.mul(y, tf.mean(tf.mul(dy, y), [...axes], true))
        return tf.mul(tf.sub(tf.sub(dy, tf.mean(dy, [...axes], true)), along), perExample)
      }
      return { value, gradFunc }
    })
    return normalised(input)
  },

  blocks: (pass) =>
    scaleAndShiftBlocks(
      pass,
      axesOf(pass.layer, pass.calls[0]!.input),
      (input) => standardise(pass.layer, input).standard,
    ),
}

/** x̂ and 1/√(σ² + ε). */
function standardise(layer: Layer, x: Tensor): { standard: Tensor; inverse: Tensor } {
  const axes = [...axesOf(layer, x)]
  const centred = tf.sub(x, tf.mean(x, axes, true))
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), fieldsOf(layer).epsilon))
  return { standard: tf.mul(centred, inverse), inverse }
}

/** A weight that lies along some axes, in a shape that broadcasts over x. */
function alongAxes(x: Tensor, axes: readonly number[], weight: Tensor): Tensor {
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1))
  return tf.reshape(weight, shape)
}

function axesOf(layer: Layer, x: Tensor): readonly number[] {
  const { axis } = fieldsOf(layer)
  return [axis].flat().map((each) => (each < 0 ? x.rank + each : each))
}

function fieldsOf(layer: Layer): LayerNormalization {
  return layer as unknown as LayerNormalization
}
