import { outerProductMean, outerProductNorms } from '@coherent-gradients/kernels/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Factors, GradientBlock } from '../gradient-stack.ts'
import type { BlockWeight } from './block-weight.ts'
import { shapedAs } from './shaped-as.ts'

/**
 * A block whose row i is the outer product aᵢ ⊗ δᵢ, held as its factors.
 *
 *   mean = AᵀΔ/m,  ‖gᵢ‖² = ‖aᵢ‖²·‖δᵢ‖²,  gᵢ·v = Σ_b (A v)_ib Δ_ib,  gᵢ·gⱼ = (aᵢ·aⱼ)(δᵢ·δⱼ)
 *
 * Index legend: i, j of m rows, A [m, d], Δ [m, p], v [d, p]. Everything but `columns` costs O(m·d·p) at most and needs
 * no memory beyond its result. Both factors are owned by the stack.
 */
export function outerProductBlock(weight: BlockWeight, factors: Factors): GradientBlock {
  const { activations, deltas } = factors
  const m = activations.shape[0]
  const p = deltas.shape[1]
  return {
    ...weight,
    factors,
    mean: () => shapedAs(weight, outerProductMean(activations, deltas)),
    weightedSum: (weights: Tensor1D) =>
      tf.tidy(() => {
        const weighted = tf.mul(deltas, tf.reshape(weights, [m, 1])) as Tensor2D
        return tf.reshape(tf.matMul(activations, weighted, true, false), [...weight.shape])
      }),
    squaredNorms: () => outerProductNorms(activations, deltas),
    dot: (direction: Tensor) =>
      tf.tidy(() => {
        const v = tf.reshape(direction, [activations.shape[1], p]) as Tensor2D
        return tf.sum(tf.mul(tf.matMul(activations, v), deltas), 1) as Tensor1D
      }),
    gram: () =>
      tf.tidy(
        () =>
          tf.mul(tf.matMul(activations, activations, false, true), tf.matMul(deltas, deltas, false, true)) as Tensor2D,
      ),
    columns: (from: number, to: number) =>
      tf.tidy(() => {
        const first = Math.floor(from / p)
        const inputs = Math.ceil(to / p) - first
        const slice = tf.slice(activations, [0, first], [m, inputs])
        const formed = tf.reshape(tf.mul(tf.expandDims(slice, 2), tf.expandDims(deltas, 1)), [m, inputs * p])
        return tf.slice(formed as Tensor2D, [0, from - first * p], [m, to - from])
      }),
  }
}
