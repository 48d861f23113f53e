import { thresholds } from './thresholds.ts'

/**
 * Average precision of a ranking: how pure the top of the list is, over all the places where a positive stands.
 *
 *   AP = Σ_n (R_n − R_{n−1}) · P_n
 *
 * Index legend: n numbers the different scores, highest first; P_n and R_n are precision and recall of everything that
 * scores at least as much. Equal scores are one step, so their order makes no difference. Chance gives about the share of
 * positives. Costs O(m log m).
 *
 * @param scores [m] higher: more likely positive.
 * @param positive [m] whether each is one.
 * @returns a number from 0 to 1; NaN without a positive.
 * @throws RangeError when the lists differ in length or a score is NaN.
 *
 * @example
 * averagePrecision([3, 2, 1], [true, false, true]) // (1 + 2/3) / 2
 */
export function averagePrecision(scores: ArrayLike<number>, positive: ArrayLike<boolean | number>): number {
  const steps = thresholds('averagePrecision', scores, positive)
  const positives = steps.at(-1)?.positives ?? 0
  let sum = 0
  let before = 0
  for (const step of steps) {
    sum += (step.positives - before) * (step.positives / (step.positives + step.negatives))
    before = step.positives
  }
  return sum / positives
}
