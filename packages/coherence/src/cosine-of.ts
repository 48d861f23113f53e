import type { ReadGram } from './gram.ts'

/** The cosine of gradients i and j, in [−1, 1]; 0 where one of them is zero. */
export function cosineOf({ m, data }: ReadGram, i: number, j: number): number {
  // The square roots one by one: the product of the squares may be beyond float64.
  const lengths = Math.sqrt(data[i * m + i]!) * Math.sqrt(data[j * m + j]!)
  return lengths === 0 ? 0 : Math.min(1, Math.max(-1, data[i * m + j]! / lengths))
}
