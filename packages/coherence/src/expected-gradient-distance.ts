import { distanceOf } from './distance-of.ts'
import { readGram, type Gram } from './gram.ts'
import { meanOverPairs } from './mean-over-pairs.ts'

/**
 * The expected distance of two examples' gradients that are drawn independently, so that an example may meet itself.
 *
 *   E‖g − g′‖ = (1/m²) Σᵢ Σⱼ ‖gᵢ − gⱼ‖ ≤ √(2(1 − α) · (1/m) Σᵢ ‖gᵢ‖²)
 *
 * Index legend: i, j of m examples. The bound (Lemma 6) is the paper's step from coherence to stability; it needs
 * i = j, where the distance is 0: over distinct pairs ({@link meanPairwiseDistance}) two orthogonal gradients break it.
 * Scale: grows with the loss's scale. Distances of nearly equal gradients are differences, with half the digits of the
 * Gram matrix. Costs O(m²).
 *
 * @returns a number ≥ 0, 0 at m = 1.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (4), and Lemma 6 (its proof here is derived:
 *   Jensen's inequality on E‖g − g′‖² = 2(1 − α)E‖g‖²).
 *
 * @example
 * expectedGradientDistance(gramOfRows([[1, 0], [0, 1]])) // √2 / 2
 */
export function expectedGradientDistance(gram: Gram): number {
  const read = readGram('expectedGradientDistance', gram)
  const distinct = meanOverPairs(read.m, (i, j) => distanceOf(read, i, j))
  return ((distinct ?? 0) * (read.m - 1)) / read.m
}
