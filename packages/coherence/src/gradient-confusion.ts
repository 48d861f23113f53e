import { cosineOf } from './cosine-of.ts'
import { readGram, type Gram } from './gram.ts'

/** How much the two examples that disagree most disagree. */
export interface GradientConfusion {
  /** min over i ≠ j of gᵢ·gⱼ. */
  readonly minimumDot: number
  /** min over i ≠ j of gᵢ·gⱼ / (‖gᵢ‖ ‖gⱼ‖). */
  readonly minimumCosine: number
  /** The confusion bound η = max(0, −minimumDot): the least η ≥ 0 with gᵢ·gⱼ ≥ −η for all i ≠ j. */
  readonly bound: number
}

/**
 * The smallest dot product and the smallest cosine of two different examples' gradients: no pair works against each
 * other more than this.
 *
 * Index legend: i, j of m examples. Scale: `minimumDot` and `bound` grow with the square of the loss's scale,
 * `minimumCosine` is scale-free; the pairs may differ. A zero gradient has cosine 0 with any other. No exact relation to
 * α: an extreme, it falls as m grows. The mean over pairs can't be below it, so `minimumDot` ≤ {@link meanPairwiseDot}.
 * Costs O(m²).
 *
 * @returns null at m = 1, which has no pair.
 * @throws RangeError when `gram` is empty, not square, or has an element that is not finite.
 * @see Sankararaman et al., "The Impact of Neural Network Overparameterization on Gradient Confusion and Stochastic
 *   Gradient Descent", 2020.
 *
 * @example
 * gradientConfusion(gramOfRows([[2, 0], [-1, 0]])) // { minimumDot: -2, minimumCosine: -1, bound: 2 }
 */
export function gradientConfusion(gram: Gram): GradientConfusion | null {
  const read = readGram('gradientConfusion', gram)
  if (read.m === 1) return null
  let minimumDot = Infinity
  let minimumCosine = 1
  for (let i = 1; i < read.m; i++) {
    for (let j = 0; j < i; j++) {
      minimumDot = Math.min(minimumDot, read.data[i * read.m + j]!)
      minimumCosine = Math.min(minimumCosine, cosineOf(read, i, j))
    }
  }
  return { minimumDot, minimumCosine, bound: minimumDot < 0 ? -minimumDot : 0 }
}
