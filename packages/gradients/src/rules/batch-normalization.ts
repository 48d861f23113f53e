import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Layer, LayerRule } from './layer-rule.ts'
import { scaleAndShiftBlocks } from './scale-and-shift-blocks.ts'

interface BatchNormalization {
  readonly axis: number
  readonly epsilon: number
  readonly gamma: { read(): Tensor1D } | null | undefined
  readonly beta: { read(): Tensor1D } | null | undefined
  readonly movingMean: { read(): Tensor1D }
  readonly movingVariance: { read(): Tensor1D }
}

/**
 * BatchNormalization in inference mode, z = γ ⊙ x̂ + β with x̂ = (x − μ)/√(σ² + ε) by the moving statistics, which are
 * constants: of an example's own gradient nothing else is defined, since in training mode every example moves the
 * statistics of all. The statistics stay as they are.
 */
export const batchNormalization: LayerRule = {
  className: 'BatchNormalization',
  activation: (_, preActivation) => preActivation,

  preActivation(layer, input) {
    const { gamma, beta } = fieldsOf(layer)
    const linear = tf.customGrad((...args: unknown[]) => {
      const x = args[0] as Tensor
      const value = normalise(layer, x, gamma?.read(), beta?.read())
      const gradFunc = (dz: Tensor): Tensor => {
        const { epsilon, movingVariance } = fieldsOf(layer)
        const inverse = tf.rsqrt(tf.add(movingVariance.read(), epsilon))
        const slope = gamma == null ? inverse : tf.mul(inverse, gamma.read())
        return tf.mul(dz, alongAxis(layer, x, slope))
      }
      return { value, gradFunc }
    })
    return linear(input)
  },

  blocks: (pass) =>
    scaleAndShiftBlocks(pass, [axisOf(pass.layer, pass.calls[0]!.input)], (input) => normalise(pass.layer, input)),
}

function normalise(layer: Layer, x: Tensor, gamma?: Tensor1D, beta?: Tensor1D): Tensor {
  const { epsilon, movingMean, movingVariance } = fieldsOf(layer)
  const channels = movingMean.read().size
  if (axisOf(layer, x) === x.rank - 1) {
    const rows = tf.reshape(x, [x.size / channels, channels]) as Tensor2D
    return tf.reshape(tf.batchNorm2d(rows, movingMean.read(), movingVariance.read(), beta, gamma, epsilon), x.shape)
  }
  const inverse = tf.rsqrt(tf.add(movingVariance.read(), epsilon))
  const along = (vector: Tensor): Tensor => alongAxis(layer, x, vector)
  const scaled = tf.mul(tf.sub(x, along(movingMean.read())), along(gamma ? tf.mul(inverse, gamma) : inverse))
  return beta ? tf.add(scaled, along(beta)) : scaled
}

/** A vector of channels in a shape that broadcasts over x. */
function alongAxis(layer: Layer, x: Tensor, vector: Tensor): Tensor {
  const shape = x.shape.map(() => 1)
  shape[axisOf(layer, x)] = vector.size
  return tf.reshape(vector, shape)
}

function axisOf(layer: Layer, x: Tensor): number {
  const { axis } = fieldsOf(layer)
  return axis < 0 ? x.rank + axis : axis
}

function fieldsOf(layer: Layer): BatchNormalization {
  return layer as unknown as BatchNormalization
}
