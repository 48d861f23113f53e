/**
 * The coherence α of m pairwise orthogonal gradients of any lengths: what a sample without anything in common shows.
 *
 *   α⊥ = 1/m
 *
 * @throws RangeError unless m is a whole number ≥ 1.
 * @see "On the Generalization Mystery in Deep Learning", §4, Example 3.
 *
 * @example
 * orthogonalLimit(4) // 0.25
 */
export function orthogonalLimit(m: number): number {
  if (!Number.isInteger(m) || m < 1) throw new RangeError(`orthogonalLimit: required a whole m ≥ 1, found ${m}`)
  return 1 / m
}
