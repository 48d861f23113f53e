/**
 * Smallest and largest eigenvalue of a symmetric tridiagonal matrix, by bisection with Sturm's count.
 *
 * @param diagonal [n], n ≥ 1.
 * @param beside [n − 1] what stands beside the diagonal.
 */
export function tridiagonalEnds(
  diagonal: readonly number[],
  beside: readonly number[],
): { readonly smallest: number; readonly largest: number } {
  let low = Infinity
  let high = -Infinity
  for (const [i, d] of diagonal.entries()) {
    const radius = Math.abs(beside[i - 1] ?? 0) + (i + 1 < diagonal.length ? Math.abs(beside[i]!) : 0)
    low = Math.min(low, d - radius)
    high = Math.max(high, d + radius)
  }
  return {
    smallest: bisect(low, high, (x) => countBelow(diagonal, beside, x) >= 1),
    largest: bisect(low, high, (x) => countBelow(diagonal, beside, x) >= diagonal.length),
  }
}

/** The point in [low, high] from which on the test holds, to the last bits of the interval's ends. */
function bisect(low: number, high: number, holds: (x: number) => boolean): number {
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return middle
    if (holds(middle)) high = middle
    else low = middle
  }
}

/** How many eigenvalues are below x: the negative pivots of T − x. */
function countBelow(diagonal: readonly number[], beside: readonly number[], x: number): number {
  let count = 0
  let pivot = 1
  for (const [i, d] of diagonal.entries()) {
    const side = i === 0 ? 0 : beside[i - 1]!
    pivot = d - x - (side * side) / pivot
    if (pivot === 0) pivot = Number.MIN_VALUE
    if (pivot < 0) count++
  }
  return count
}
