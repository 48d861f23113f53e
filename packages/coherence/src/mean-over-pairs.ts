/**
 * The mean of `of(i, j)` over the pairs of different examples i ≠ j of m; null at m = 1, which has none. `of` is
 * symmetric, and is asked for j < i only.
 */
export function meanOverPairs(m: number, of: (i: number, j: number) => number): number | null {
  if (m === 1) return null
  let sum = 0
  for (let i = 1; i < m; i++) for (let j = 0; j < i; j++) sum += of(i, j)
  return sum / ((m * (m - 1)) / 2)
}
