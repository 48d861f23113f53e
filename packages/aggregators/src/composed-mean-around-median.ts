import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

/**
 * Mean of every column's m − b values that are nearest to its median, by tfjs operations.
 *
 * Sorted, they are neighbours: the window of n = m − b values that starts at rank s ≤ b. It moves up as long as the value
 * that it would lose is farther from the median than the one that it would gain, x₍ₛ₎ + x₍ₛ₊ₙ₎ < 2·median. Index legend:
 * rows [m, columns].
 */
export function composedMeanAroundMedian(rows: Tensor2D, count: number): Tensor1D {
  return tf.tidy(() => {
    const [m, columns] = rows.shape
    const n = m - count
    const sorted = tf.reverse(tf.topk(tf.transpose(rows), m).values, 1) as Tensor2D
    const ranks = (from: number, to: number): Tensor => tf.slice(sorted, [0, from], [columns, to - from])
    const half = (values: Tensor): Tensor => tf.mul(values, 0.5) // so that no sum overflows
    const median = tf.add(half(ranks((m - 1) >> 1, ((m - 1) >> 1) + 1)), half(ranks(m >> 1, (m >> 1) + 1)))
    const moves = tf.less(tf.add(half(ranks(0, count)), half(ranks(n, m))), median)
    const start = tf.sum(tf.cast(moves, 'int32'), 1, true)
    const rank = tf.reshape(tf.range(0, m, 1, 'int32'), [1, m])
    const inside = tf.logicalAnd(tf.greaterEqual(rank, start), tf.less(rank, tf.add(start, tf.scalar(n, 'int32'))))
    return tf.div(tf.sum(tf.where(inside, sorted, tf.zerosLike(sorted)), 1), n) as Tensor1D
  })
}
