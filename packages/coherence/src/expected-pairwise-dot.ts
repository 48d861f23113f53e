import type { BlockSelector, Measurable } from './gradient-statistic.ts'
import { squaredNormOfMean } from './squared-norm-of-mean.ts'

/**
 * The expected dot product of two examples' gradients that are drawn independently, so that an example may meet itself.
 *
 *   E[g·g′] = (1/m²) Σᵢ Σⱼ gᵢ·gⱼ = ‖ḡ‖² = α · (1/m) Σᵢ ‖gᵢ‖²
 *
 * Index legend: i, j of m examples; ḡ their mean. It is also how fast the mean loss falls per unit of learning rate.
 * Scale: grows with the square of the loss's scale, so by itself it says little; α is this without the scale. Over
 * distinct pairs see {@link meanPairwiseDot}. Costs one sum, O(m), never the pairs.
 *
 * @returns a number ≥ 0.
 * @throws RangeError as {@link alpha}.
 * @see "On the Generalization Mystery in Deep Learning", §4, equation (1) and Example 2.
 *
 * @example
 * expectedPairwiseDot(statisticOfRows([[1, 0], [0, 1]])) // 0.5
 */
export function expectedPairwiseDot(statistic: Measurable, select?: BlockSelector): number {
  return squaredNormOfMean(statistic, select)
}
