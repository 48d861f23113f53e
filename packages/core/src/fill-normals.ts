import type { Key } from './key.ts'
import { randomStream } from './random-stream.ts'

/**
 * Fills an array with the first normal numbers of a key's stream and gives it back.
 *
 *   out[i] = mean + standardDeviation · zᵢ, computed in float64 and rounded to the array's type
 *
 * @example
 * fillNormals(derive(key, exampleId), new Float32Array(784), { mean: 0.13, standardDeviation: 0.31 }) // a noise image
 */
export function fillNormals<Out extends Float32Array | Float64Array>(
  key: Key,
  out: Out,
  { mean = 0, standardDeviation = 1 }: { readonly mean?: number; readonly standardDeviation?: number } = {},
): Out {
  const stream = randomStream(key)
  for (let i = 0; i < out.length; i++) out[i] = mean + standardDeviation * stream.normal()
  return out
}
