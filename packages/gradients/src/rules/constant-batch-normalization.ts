import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import {
  channelAxis,
  normaliseBy,
  scaleAndShiftOf,
  slopeBy,
  type BatchNormalizationStatistics,
} from './batch-normalization-statistics.ts'
import type { Layer, LayerRule } from './layer-rule.ts'
import { scaleAndShiftBlocks } from './scale-and-shift-blocks.ts'

/** Where the constants of a BatchNormalization layer come from. What these give stays alive until the pass has ended. */
export interface ConstantStatistics {
  /** Those of the call that goes forward. */
  of(layer: Layer, x: Tensor): BatchNormalizationStatistics
  /** Those that the layer's nth call went by. */
  ofCall(layer: Layer, call: number): BatchNormalizationStatistics
}

/**
 * BatchNormalization by statistics that are constants: z = γ ⊙ x̂ + β with x̂ = (x − μ)/√(σ² + ε), so that an example's
 * output, and its gradient, depend on no other example. No statistic of the layer moves.
 */
export function constantBatchNormalization(statistics: ConstantStatistics): LayerRule {
  return {
    className: 'BatchNormalization',
    activation: (_, preActivation) => preActivation,

    preActivation(layer, input) {
      const linear = tf.customGrad((...args: unknown[]) => {
        const x = args[0] as Tensor
        const constants = statistics.of(layer, x)
        const { gamma, beta } = scaleAndShiftOf(layer)
        return {
          value: normaliseBy(constants, layer, x, gamma, beta),
          gradFunc: (dz: Tensor) => tf.mul(dz, slopeBy(constants, layer, x)),
        }
      })
      return linear(input)
    },

    blocks: (pass) =>
      scaleAndShiftBlocks(pass, [channelAxis(pass.layer, pass.calls[0]!.input)], (input, call) =>
        normaliseBy(statistics.ofCall(pass.layer, call), pass.layer, input),
      ),
  }
}
