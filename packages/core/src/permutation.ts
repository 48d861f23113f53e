import type { Key } from './key.ts'
import { randomStream } from './random-stream.ts'

/**
 * A random order of 0, …, n − 1, each of the n! equally likely (Fisher and Yates' shuffle).
 *
 * @example
 * permutation(derive(keyOf(0), 'shuffle'), 4) // the numbers 0 to 3 in some order
 */
export function permutation(key: Key, n: number): Uint32Array {
  const stream = randomStream(key)
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(i + 1)
    const moved = order[i] as number
    order[i] = order[j] as number
    order[j] = moved
  }
  return order
}
