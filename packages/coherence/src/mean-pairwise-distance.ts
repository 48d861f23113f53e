import { distanceOf } from './distance-of.ts'
import { readGram, type Gram } from './gram.ts'
import { meanOverPairs } from './mean-over-pairs.ts'

/**
 * The mean distance of two different examples' gradients.
 *
 *   1/(m(m − 1)) Σᵢ Σⱼ≠ᵢ ‖gᵢ − gⱼ‖ = m/(m − 1) · {@link expectedGradientDistance}
 *
 * Index legend: i, j of m examples. An unbiased estimate of the distribution's E‖g − g′‖. No exact relation to α; at
 * most √(2(1 − α_d) · (1/m) Σᵢ ‖gᵢ‖²), α_d being the debiased α. Costs O(m²).
 *
 * @returns a number ≥ 0; null at m = 1, which has no pair.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (4), which counts i = j.
 *
 * @example
 * meanPairwiseDistance(gramOfRows([[1, 0], [0, 1]])) // √2
 */
export function meanPairwiseDistance(gram: Gram): number | null {
  const read = readGram('meanPairwiseDistance', gram)
  return meanOverPairs(read.m, (i, j) => distanceOf(read, i, j))
}
