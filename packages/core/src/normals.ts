import { fillNormals } from './fill-normals.ts'
import type { Key } from './key.ts'

/**
 * The first `count` normal numbers of a key's stream, mean 0 and standard deviation 1, in float64.
 *
 * @example
 * normals(derive(keyOf(0), 'dense_1/kernel'), 784 * 256) // to be scaled by the initialiser
 */
export function normals(key: Key, count: number): Float64Array {
  return fillNormals(key, new Float64Array(count))
}
