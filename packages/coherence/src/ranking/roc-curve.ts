import { thresholds } from './thresholds.ts'

/** A ranking's errors of both kinds, at every cut. */
export interface RocCurve {
  /** [n] share of the negatives that are above the cut, from 0 to 1. */
  readonly falsePositiveRate: readonly number[]
  /** [n] share of the positives that are. */
  readonly truePositiveRate: readonly number[]
  /** The area under the curve: the chance that a positive scores more than a negative, ties counting half. */
  readonly area: number
}

/**
 * The receiver operating characteristic of a ranking: which share of the positives is found at the price of which share of
 * the negatives.
 *
 *   area = P(s₊ > s₋) + ½ P(s₊ = s₋)
 *
 * Index legend: s₊ and s₋ are the scores of a random positive and a random negative. The curve begins at (0, 0), ends at
 * (1, 1) and has a point for every different score: equal scores are one straight step. Costs O(m log m).
 *
 * @param scores [m] higher: more likely positive.
 * @param positive [m] whether each is one.
 * @returns NaN in all rates of a kind of which there is none, and in the area.
 * @throws RangeError when the lists differ in length or a score is NaN.
 *
 * @example
 * rocCurve([3, 2, 1], [true, false, true]).area // 0.5
 */
export function rocCurve(scores: ArrayLike<number>, positive: ArrayLike<boolean | number>): RocCurve {
  const steps = thresholds('rocCurve', scores, positive)
  const all = steps.at(-1) ?? { positives: 0, negatives: 0 }
  const counts = [{ positives: 0, negatives: 0 }, ...steps]
  const falsePositiveRate = counts.map(({ negatives }) => negatives / all.negatives)
  const truePositiveRate = counts.map(({ positives }) => positives / all.positives)
  let area = 0
  for (let n = 1; n < counts.length; n++) {
    const width = counts[n]!.negatives - counts[n - 1]!.negatives
    area += (width * (counts[n]!.positives + counts[n - 1]!.positives)) / 2
  }
  return { falsePositiveRate, truePositiveRate, area: area / (all.positives * all.negatives) }
}
