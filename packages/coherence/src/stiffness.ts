import { cosineOf } from './cosine-of.ts'
import { readGram, type Gram } from './gram.ts'
import { meanOverPairs } from './mean-over-pairs.ts'

/** How alike the steps are that two different examples ask for, in two measures. */
export interface Stiffness {
  /** The mean of sign(gᵢ·gⱼ): how much likelier a step for one example helps another than hurts it. */
  readonly sign: number
  /** The mean of cos(gᵢ, gⱼ). */
  readonly cosine: number
}

/**
 * Stiffness of m gradients: whether a step for one example lowers the loss of another, pair by pair.
 *
 *   sign = mean over i ≠ j of sign(gᵢ·gⱼ),  cosine = mean over i ≠ j of gᵢ·gⱼ / (‖gᵢ‖ ‖gⱼ‖)
 *
 * Index legend: i, j of m examples. Scale-free, example by example. A zero gradient counts 0 in both. No exact relation
 * to α, since a sign isn't linear; `cosine` is {@link meanPairwiseCosine}. Near orthogonality `sign` hangs on the last
 * digits of the Gram matrix. By class see {@link stiffnessByClass}. Costs O(m²).
 *
 * @returns two numbers in [−1, 1]; null at m = 1, which has no pair.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite.
 * @see Fort et al., "Stiffness: A New Perspective on Generalization in Neural Networks", 2019.
 *
 * @example
 * stiffness(gramOfRows([[1, 0], [3, 4]])) // { sign: 1, cosine: 0.6 }
 */
export function stiffness(gram: Gram): Stiffness | null {
  const read = readGram('stiffness', gram)
  const sign = meanOverPairs(read.m, (i, j) => Math.sign(read.data[i * read.m + j]!))
  const cosine = meanOverPairs(read.m, (i, j) => cosineOf(read, i, j))
  return sign === null || cosine === null ? null : { sign, cosine }
}
