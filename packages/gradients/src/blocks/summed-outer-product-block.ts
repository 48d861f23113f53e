import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'
import type { BlockWeight } from './block-weight.ts'

/**
 * A block whose row i is a sum of outer products over T positions, gᵢ = Σₜ aᵢₜ ⊗ δᵢₜ: a dense layer on sequences, or a
 * layer that the model calls more than once. Positions are joined before any norm is taken.
 *
 *   ‖gᵢ‖² = Σₜₛ (aᵢₜ·aᵢₛ)(δᵢₜ·δᵢₛ)
 *
 * Index legend: i of m rows, t and s of T positions, activations [m, T, d], deltas [m, T, p]; both owned by the stack.
 */
export function summedOuterProductBlock(weight: BlockWeight, activations: Tensor3D, deltas: Tensor3D): GradientBlock {
  const [m, T, d] = activations.shape
  const p = deltas.shape[2]
  const flatActivations = (): Tensor2D => tf.reshape(activations, [m * T, d])
  const flatDeltas = (): Tensor2D => tf.reshape(deltas, [m * T, p])
  return {
    ...weight,
    mean: () =>
      tf.tidy(() => tf.reshape(tf.matMul(flatActivations(), tf.div(flatDeltas(), m), true, false), [...weight.shape])),
    squaredNorms: () =>
      tf.tidy(() => {
        const grams = tf.mul(tf.matMul(activations, activations, false, true), tf.matMul(deltas, deltas, false, true))
        return tf.sum(grams, [1, 2]) as Tensor1D
      }),
    dot: (direction: Tensor) =>
      tf.tidy(() => {
        const v = tf.reshape(direction, [d, p]) as Tensor2D
        const projected = tf.mul(tf.matMul(flatActivations(), v), flatDeltas())
        return tf.sum(tf.reshape(projected, [m, T * p]), 1) as Tensor1D
      }),
    gram: () =>
      tf.tidy(() => {
        const a = flatActivations()
        const delta = flatDeltas()
        const products = tf.mul(tf.matMul(a, a, false, true), tf.matMul(delta, delta, false, true))
        return tf.sum(tf.reshape(products, [m, T, m, T]), [1, 3]) as Tensor2D
      }),
    columns: (from: number, to: number) =>
      tf.tidy(() => {
        const first = Math.floor(from / p)
        const inputs = Math.ceil(to / p) - first
        const slice = tf.slice(activations, [0, 0, first], [m, T, inputs])
        const formed = tf.reshape(tf.matMul(slice, deltas, true, false), [m, inputs * p]) as Tensor2D
        return tf.slice(formed, [0, from - first * p], [m, to - from])
      }),
  }
}
