import { cosineOf } from './cosine-of.ts'
import { readGram, type Gram } from './gram.ts'
import { meanOverPairs } from './mean-over-pairs.ts'

/**
 * The mean cosine of two different examples' gradients.
 *
 *   1/(m(m − 1)) Σᵢ Σⱼ≠ᵢ gᵢ·gⱼ / (‖gᵢ‖ ‖gⱼ‖)
 *
 * Index legend: i, j of m examples. It is {@link alphaDebiased} of the gradients scaled to length 1, and so equals
 * {@link alphaDebiased} where all are equally long; else there is no relation: α weighs long gradients more. A zero
 * gradient has cosine 0 with any other. Scale-free, example by example. Costs O(m²).
 *
 * @returns a number in [−1/(m − 1), 1]; null at m = 1, which has no pair.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite.
 * @see Fort et al., "Stiffness: A New Perspective on Generalization in Neural Networks", 2019.
 *
 * @example
 * meanPairwiseCosine(gramOfRows([[1, 0], [1, 1]])) // √2 / 2
 */
export function meanPairwiseCosine(gram: Gram): number | null {
  const read = readGram('meanPairwiseCosine', gram)
  return meanOverPairs(read.m, (i, j) => cosineOf(read, i, j))
}
