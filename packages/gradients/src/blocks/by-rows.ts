import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'

/** Something with rows that a part can be taken of. */
interface Divisible<T> {
  readonly rows: number
  take(from: number, count: number): T
}

/**
 * What `make` gives for parts of at most `limit` rows, in order. Parts are halves of halves, so that a backend whose
 * slices copy their whole source copies it log m times and not m times.
 */
export function byRows<T extends Divisible<T>, R extends Tensor>(
  source: T,
  limit: number,
  make: (part: T, from: number) => R,
  from = 0,
): R[] {
  if (source.rows <= limit) return [tf.tidy(() => make(source, from))]
  const half = Math.ceil(source.rows / 2)
  const first = tf.tidy(() => byRows(source.take(0, half), limit, make, from))
  const second = tf.tidy(() => byRows(source.take(half, source.rows - half), limit, make, from + half))
  return [...first, ...second]
}
