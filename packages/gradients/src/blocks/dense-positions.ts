import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { PositionFactors } from './position-factors.ts'

/** Activations [m, T, d] and deltas [m, T, p] as they are. */
export function densePositions(activations: Tensor3D, deltas: Tensor3D): PositionFactors {
  const [m, T, d] = activations.shape
  const p = deltas.shape[2]
  const flatActivations = (): Tensor2D => tf.reshape(activations, [m * T, d])
  const flatDeltas = (): Tensor2D => tf.reshape(deltas, [m * T, p])
  return {
    rows: m,
    positions: T,
    inputs: d,
    outputs: p,
    take: (from, count) =>
      densePositions(tf.slice(activations, [from, 0, 0], [count, T, d]), tf.slice(deltas, [from, 0, 0], [count, T, p])),
    weighted: (weights) => densePositions(activations, tf.mul(deltas, tf.reshape(weights, [m, 1, 1]))),
    sum: () => tf.tidy(() => tf.matMul(flatActivations(), flatDeltas(), true, false)),
    formed: (first, count) =>
      tf.tidy(() => tf.matMul(tf.slice(activations, [0, 0, first], [m, T, count]), deltas, true, false) as Tensor3D),
    along: (direction) =>
      tf.tidy(() => {
        const projected = tf.mul(tf.matMul(flatActivations(), tf.reshape(direction, [d, p]) as Tensor2D), flatDeltas())
        return tf.sum(tf.reshape(projected, [m, T * p]), 1) as Tensor1D
      }),
    activations: () => tf.clone(activations),
    deltas: () => tf.clone(deltas),
  }
}
