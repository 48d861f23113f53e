import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Layer } from './layer-rule.ts'

/** What a BatchNormalization layer subtracts and divides by: [channels] each. */
export interface BatchNormalizationStatistics {
  readonly mean: Tensor1D
  readonly variance: Tensor1D
}

interface BatchNormalization {
  readonly axis: number
  readonly epsilon: number
  readonly gamma: { read(): Tensor1D } | null | undefined
  readonly beta: { read(): Tensor1D } | null | undefined
  readonly movingMean: { read(): Tensor1D }
  readonly movingVariance: { read(): Tensor1D }
}

/** The layer's own, which a pass never moves. */
export function movingStatistics(layer: Layer): BatchNormalizationStatistics {
  const { movingMean, movingVariance } = fieldsOf(layer)
  return { mean: movingMean.read(), variance: movingVariance.read() }
}

/** Mean and variance (divided by n) of all that x has in a channel: over the batch and every other axis. */
export function batchStatistics(layer: Layer, x: Tensor): BatchNormalizationStatistics {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, otherAxes(layer, x))
    return { mean: mean as Tensor1D, variance: variance as Tensor1D }
  })
}

/** z = γ ⊙ (x − μ)/√(σ² + ε) + β; x̂ where γ and β are left out. */
export function normaliseBy(
  { mean, variance }: BatchNormalizationStatistics,
  layer: Layer,
  x: Tensor,
  gamma?: Tensor1D,
  beta?: Tensor1D,
): Tensor {
  const { epsilon } = fieldsOf(layer)
  const channels = mean.size
  if (channelAxis(layer, x) === x.rank - 1) {
    const rows = tf.reshape(x, [x.size / channels, channels]) as Tensor2D
    return tf.reshape(tf.batchNorm2d(rows, mean, variance, beta, gamma, epsilon), x.shape)
  }
  const inverse = tf.rsqrt(tf.add(variance, epsilon))
  const along = (vector: Tensor): Tensor => alongChannels(layer, x, vector)
  const scaled = tf.mul(tf.sub(x, along(mean)), along(gamma ? tf.mul(inverse, gamma) : inverse))
  return beta ? tf.add(scaled, along(beta)) : scaled
}

/** γ/√(σ² + ε), in a shape that broadcasts over x: the slope of z in x where μ and σ² are constants. */
export function slopeBy({ variance }: BatchNormalizationStatistics, layer: Layer, x: Tensor): Tensor {
  const { epsilon, gamma } = fieldsOf(layer)
  const inverse = tf.rsqrt(tf.add(variance, epsilon))
  return alongChannels(layer, x, gamma == null ? inverse : tf.mul(inverse, gamma.read()))
}

/** The values of γ and β, where the layer has them. */
export function scaleAndShiftOf(layer: Layer): { readonly gamma?: Tensor1D; readonly beta?: Tensor1D } {
  const { gamma, beta } = fieldsOf(layer)
  return { ...(gamma == null ? {} : { gamma: gamma.read() }), ...(beta == null ? {} : { beta: beta.read() }) }
}

/** The axis of x that has a mean and a variance for each index. */
export function channelAxis(layer: Layer, x: Tensor): number {
  const { axis } = fieldsOf(layer)
  return axis < 0 ? x.rank + axis : axis
}

/** Every axis of x but the channels'. */
export function otherAxes(layer: Layer, x: Tensor): number[] {
  return x.shape.map((_, axis) => axis).filter((axis) => axis !== channelAxis(layer, x))
}

/** A vector of channels in a shape that broadcasts over x. */
function alongChannels(layer: Layer, x: Tensor, vector: Tensor): Tensor {
  const shape = x.shape.map(() => 1)
  shape[channelAxis(layer, x)] = vector.size
  return tf.reshape(vector, shape)
}

function fieldsOf(layer: Layer): BatchNormalization {
  return layer as unknown as BatchNormalization
}
