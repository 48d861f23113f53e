import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import {
  batchStatistics,
  channelAxis,
  normaliseBy,
  otherAxes,
  scaleAndShiftOf,
  slopeBy,
} from './batch-normalization-statistics.ts'
import type { LayerRule } from './layer-rule.ts'
import { scaleAndShiftBlocks } from './scale-and-shift-blocks.ts'

/**
 * BatchNormalization in training mode: by the batch's own mean and variance, through which the gradient goes as well. The
 * moving statistics stay as they are.
 *
 *   x̄ = γ/√(σ² + ε) ⊙ (δ − mean(δ) − x̂ ⊙ mean(δ ⊙ x̂)), means over the batch and all axes but the channels'
 *
 * Each δᵢ then depends on every example: rows are no example's own gradient, and only their mean means anything.
 */
export const trainingBatchNormalization: LayerRule = {
  className: 'BatchNormalization',
  activation: (_, preActivation) => preActivation,

  preActivation(layer, input) {
    const normalised = tf.customGrad((...args: unknown[]) => {
      const [x, save] = args as [Tensor, tf.GradSaveFunc]
      const { mean, variance } = batchStatistics(layer, x)
      save([x, mean, variance])
      const { gamma, beta } = scaleAndShiftOf(layer)
      const gradFunc = (dz: Tensor, saved: Tensor[]): Tensor => {
        const [from, ...constants] = saved as [Tensor, tf.Tensor1D, tf.Tensor1D]
        const statistics = { mean: constants[0], variance: constants[1] }
        const standard = normaliseBy(statistics, layer, from)
        const axes = otherAxes(layer, from)
        const along = tf.mul(standard, tf.mean(tf.mul(dz, standard), axes, true))
        return tf.mul(tf.sub(tf.sub(dz, tf.mean(dz, axes, true)), along), slopeBy(statistics, layer, from))
      }
      return { value: normaliseBy({ mean, variance }, layer, x, gamma, beta), gradFunc }
    })
    return normalised(input)
  },

  blocks: (pass) =>
    scaleAndShiftBlocks(pass, [channelAxis(pass.layer, pass.calls[0]!.input)], (input) =>
      normaliseBy(batchStatistics(pass.layer, input), pass.layer, input),
    ),
}
