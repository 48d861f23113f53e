import type { Key } from './key.ts'
import { randomStream } from './random-stream.ts'

/**
 * The first `count` uniform numbers in [0, 1) of a key's stream, multiples of 2⁻⁵³. A longer call starts with the same.
 *
 * @example
 * uniforms(derive(keyOf(0), 'dropout'), 3) // three numbers in [0, 1)
 */
export function uniforms(key: Key, count: number): Float64Array {
  const stream = randomStream(key)
  const drawn = new Float64Array(count)
  for (let i = 0; i < count; i++) drawn[i] = stream.uniform()
  return drawn
}
