import * as tf from '@tensorflow/tfjs-core'
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { BlockWeight } from './block-weight.ts'
import { byRows } from './by-rows.ts'
import type { BlockInOnePass } from './mean-once.ts'
import type { PositionFactors } from './position-factors.ts'

/**
 * A block whose row i is a sum of outer products over T positions, gᵢ = Σₜ aᵢₜ ⊗ δᵢₜ: a convolution, a dense layer on
 * sequences, or a layer that the model calls more than once. Positions are joined before any norm is taken.
 *
 *   ‖gᵢ‖² = Σₜₛ (aᵢₜ·aᵢₛ)(δᵢₜ·δᵢₛ)   where T(p + d) < p·d, in T²(p + d) products
 *   ‖gᵢ‖² = Σ (Σₜ aᵢₜ ⊗ δᵢₜ)²          elsewhere, in T·p·d products
 *
 * Index legend: i of m rows, t and s of T positions, d inputs, p outputs. `squaredNorms`, `gram` and `columns` work on as
 * many rows at once as take at most `sliceBytes` on the way (one row at the least), and give the same, up to the order
 * of float32 sums, however many these are. The tensors in `factors` are owned by the stack.
 */
export function summedOuterProductBlock(
  weight: BlockWeight,
  factors: PositionFactors,
  sliceBytes: number,
): BlockInOnePass {
  const { rows: m, positions: T, inputs: d, outputs: p } = factors
  const throughPositions = T * (p + d) < p * d
  const fitting = (floatsPerRow: number): number => Math.max(1, Math.floor(sliceBytes / (4 * floatsPerRow)))
  const patchesOf = (part: PositionFactors): Operands => [
    tf.reshape(part.activations(), [part.rows * T, d]),
    tf.reshape(part.deltas(), [part.rows * T, p]),
  ]
  const rowsOf = (part: PositionFactors): Operands => [tf.reshape(part.formed(0, d), [part.rows, d * p])]

  return {
    ...weight,
    mean: () => tf.tidy(() => tf.reshape(tf.div(factors.sum(), m), [...weight.shape])),
    weightedSum: (weights: Tensor1D) => tf.tidy(() => tf.reshape(factors.weighted(weights).sum(), [...weight.shape])),
    meanAndSquaredNorms: () => {
      const both = factors.sumAndSquaredNorms?.()
      if (both === undefined) return undefined
      const mean = tf.tidy(() => tf.reshape(tf.div(both.sum, m), [...weight.shape]))
      both.sum.dispose()
      return { mean, squaredNorms: both.squaredNorms }
    },
    squaredNorms: () =>
      joined(
        throughPositions
          ? byRows(factors, fitting(2 * T * d + T * p + 2 * T * T), (part) => {
              const [a, delta] = [part.activations(), part.deltas()]
              const grams = tf.mul(tf.matMul(a, a, false, true), tf.matMul(delta, delta, false, true))
              return tf.sum(grams, [1, 2]) as Tensor1D
            })
          : byRows(factors, fitting(3 * d * p), (part) => tf.sum(tf.square(part.formed(0, d)), [1, 2]) as Tensor1D),
      ),
    dot: (direction) => factors.along(direction),
    gram: () => {
      const limit = fitting(throughPositions ? 4 * T * (d + p) + 4 * T * T * m : 6 * d * p)
      const operands = throughPositions ? patchesOf : rowsOf
      return joined(
        byRows(factors, limit, (left) => {
          const mine = operands(left)
          const across = byRows(factors, limit, (right) => {
            const products = operands(right).map((theirs, o) => tf.matMul(mine[o]!, theirs, false, true))
            const each = products.length === 1 ? products[0]! : tf.mul(products[0]!, products[1]!)
            if (!throughPositions) return each as Tensor2D
            return tf.sum(tf.reshape(each, [left.rows, T, right.rows, T]), [1, 3]) as Tensor2D
          })
          return tf.concat(across, 1)
        }),
      )
    },
    columns: (from, to) => {
      const first = Math.floor(from / p)
      const inputs = Math.ceil(to / p) - first
      return joined(
        byRows(factors, fitting(3 * inputs * p), (part) => {
          const formed = tf.reshape(part.formed(first, inputs) as Tensor3D, [part.rows, inputs * p]) as Tensor2D
          return tf.slice(formed, [0, from - first * p], [part.rows, to - from])
        }),
      )
    },
  }
}

/** Matrices whose products with another part's, multiplied element by element, hold the dot products of rows. */
type Operands = Tensor2D[]

function joined<R extends Tensor1D | Tensor2D>(parts: R[]): R {
  if (parts.length === 1) return parts[0]!
  const whole = tf.concat(parts as Tensor2D[], 0)
  tf.dispose(parts)
  return whole as unknown as R
}
