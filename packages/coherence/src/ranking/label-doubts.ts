import { confidentJoint } from './confident-joint.ts'

/**
 * How much confident learning doubts each label: the examples that it counts as another class first, and among those, as
 * among the others, the least probable label first.
 *
 *   doubtᵢ = [presumedᵢ is another class than yᵢ] + 1 − p_{i,yᵢ}
 *
 * Index legend: i of m examples, yᵢ the label of example i; presumed as {@link confidentJoint} has it. From 0 to 2; above 1
 * where the label counts as wrong, but for a probability of 0.
 *
 * @param probabilities [m × C] row-major, out of sample.
 * @throws RangeError as {@link labelMargins}.
 * @see Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021: the off-diagonals
 *   of the confident joint, ranked by self-confidence.
 *
 * @example
 * labelDoubts([0.9, 0.1, 0.2, 0.8, 0.1, 0.9], [0, 1, 0], 2) // [0.1, 0.2, 1.9]
 */
export function labelDoubts(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): Float64Array {
  const { presumed } = confidentJoint(probabilities, labels, classes)
  return Float64Array.from(labels, (label, i) => {
    const otherwise = presumed[i] !== -1 && presumed[i] !== label ? 1 : 0
    return otherwise + 1 - probabilities[i * classes + label]!
  })
}
