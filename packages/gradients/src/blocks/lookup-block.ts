import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { GradientBlock } from '../gradient-stack.ts'
import type { BlockWeight } from './block-weight.ts'
import { byRows } from './by-rows.ts'

/** Which row of a table each position reads, and its δ. */
interface Lookups {
  readonly rows: number
  readonly ids: Tensor2D // [m, T] int32
  readonly deltas: Tensor3D // [m, T, p]
  take(from: number, count: number): Lookups
}

/**
 * A block whose row i is a table of zeros but for the entries that example i looks up: gᵢ = Σₜ e(idᵢₜ) ⊗ δᵢₜ, with e(v) the
 * v-th unit vector. The one-hot vectors are never made.
 *
 *   ‖gᵢ‖² = Σₜₛ [idᵢₜ = idᵢₛ] δᵢₜ·δᵢₛ
 *
 * Index legend: i of m rows, t and s of T positions, `ids` [m, T] int32, `deltas` [m, T, p], table [v, p]; both owned by
 * the stack. `squaredNorms`, `gram` and `columns` take at most `sliceBytes` on the way, or one row's share.
 */
export function lookupBlock(weight: BlockWeight, ids: Tensor2D, deltas: Tensor3D, sliceBytes: number): GradientBlock {
  const [m, T, p] = deltas.shape
  const lookups = lookupsOf(ids, deltas)
  const fitting = (floatsPerRow: number): number => Math.max(1, Math.floor(sliceBytes / (4 * floatsPerRow)))
  return {
    ...weight,
    mean: () =>
      tf.tidy(() => {
        const updates = tf.reshape(tf.div(deltas, m), [m * T, p])
        return tf.scatterND(tf.reshape(ids, [m * T, 1]), updates, [...weight.shape])
      }),
    weightedSum: (weights: Tensor1D) =>
      tf.tidy(() => {
        const updates = tf.reshape(tf.mul(deltas, tf.reshape(weights, [m, 1, 1])), [m * T, p])
        return tf.scatterND(tf.reshape(ids, [m * T, 1]), updates, [...weight.shape])
      }),
    squaredNorms: () =>
      tf.tidy(() =>
        tf.concat(
          byRows(lookups, fitting(4 * T * T + 2 * T * p), (part) => {
            const same = tf.equal(tf.expandDims(part.ids, 2), tf.expandDims(part.ids, 1))
            const dots = tf.matMul(part.deltas, part.deltas, false, true)
            return tf.sum(tf.mul(dots, tf.cast(same, 'float32')), [1, 2]) as Tensor1D
          }),
        ),
      ),
    dot: (direction: Tensor) =>
      tf.tidy(() => {
        const read = tf.gather(direction, tf.reshape(ids, [m * T]))
        return tf.sum(tf.reshape(tf.mul(read, tf.reshape(deltas, [m * T, p])), [m, T * p]), 1) as Tensor1D
      }),
    gram: () =>
      tf.tidy(() => {
        const limit = fitting(4 * T * T * m + 2 * T * p)
        return tf.concat(
          byRows(lookups, limit, (left) =>
            tf.concat(
              byRows(lookups, limit, (right) => products(left, right)),
              1,
            ),
          ),
        )
      }),
    columns: (from, to) =>
      tf.tidy(() => {
        const first = Math.floor(from / p)
        const entries = Math.ceil(to / p) - first
        return tf.concat(
          byRows(lookups, fitting(3 * entries * p + 3 * T * p), (part) => {
            const formed = tf.reshape(entriesOf(part, first, entries), [part.rows, entries * p]) as Tensor2D
            return tf.slice(formed, [0, from - first * p], [part.rows, to - from])
          }),
        )
      }),
  }
}

function lookupsOf(ids: Tensor2D, deltas: Tensor3D): Lookups {
  const [rows, T, p] = deltas.shape
  return {
    rows,
    ids,
    deltas,
    take: (from, count) =>
      lookupsOf(tf.slice(ids, [from, 0], [count, T]), tf.slice(deltas, [from, 0, 0], [count, T, p])),
  }
}

/** [n, n′] dot products of the rows of two parts. */
function products(left: Lookups, right: Lookups): Tensor2D {
  const [, T, p] = left.deltas.shape
  const flat = (part: Lookups): Tensor2D => tf.reshape(part.deltas, [part.rows * T, p])
  const same = tf.equal(tf.reshape(left.ids, [left.rows * T, 1]), tf.reshape(right.ids, [1, right.rows * T]))
  const counted = tf.mul(tf.matMul(flat(left), flat(right), false, true), tf.cast(same, 'float32'))
  return tf.sum(tf.reshape(counted, [left.rows, T, right.rows, T]), [1, 3]) as Tensor2D
}

/** [n·entries, p] a part's table entries from `first` on; lookups of others go into one more entry, which is cut off. */
function entriesOf(part: Lookups, first: number, entries: number): Tensor2D {
  const [n, T, p] = part.deltas.shape
  const relative = tf.sub(part.ids, tf.scalar(first, 'int32'))
  const inside = tf.logicalAnd(tf.greaterEqual(relative, 0), tf.less(relative, entries))
  const row = tf.mul(tf.reshape(tf.range(0, n, 1, 'int32'), [n, 1]), tf.scalar(entries, 'int32'))
  const spare = tf.mul(tf.onesLike(relative), tf.scalar(n * entries, 'int32'))
  const target = tf.where(inside, tf.add(relative, row), spare)
  const scattered = tf.scatterND(tf.reshape(target, [n * T, 1]), tf.reshape(part.deltas, [n * T, p]), [
    n * entries + 1,
    p,
  ])
  return tf.slice(scattered as Tensor2D, [0, 0], [n * entries, p])
}
