import type { Key } from './key.ts'
import { randomStream } from './random-stream.ts'

/**
 * The first `count` integers of a key's stream, uniform in {0, …, below − 1} without bias.
 *
 * @throws RangeError when `below` is not an integer in [1, 2³²].
 *
 * @example
 * uniformIntegers(keyOf(0), 5, 10) // five digits
 */
export function uniformIntegers(key: Key, count: number, below: number): Uint32Array {
  const stream = randomStream(key)
  const drawn = new Uint32Array(count)
  for (let i = 0; i < count; i++) drawn[i] = stream.integer(below)
  return drawn
}
