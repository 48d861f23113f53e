import { checkTable } from './check-table.ts'

/** What confident learning says of a labelled set. Index legend: a a given label, b a presumed true one, of C classes. */
export interface ConfidentJoint {
  /** [C] t_b: the mean probability of b among the examples labelled b; NaN where there are none. */
  readonly thresholds: readonly number[]
  /** [C][C] how many examples labelled a are confidently b. */
  readonly counts: readonly (readonly number[])[]
  /** [C][C] the estimated joint distribution of given and true labels: sums to 1. */
  readonly joint: readonly (readonly number[])[]
  /** [m] the class that an example is confidently of, −1 where there is none. */
  readonly presumed: Int32Array
}

/**
 * Confident learning's joint of given and true labels: an example counts as b where its probability of b is at least as
 * high as that of the examples labelled b on average.
 *
 *   t_b = mean over yᵢ = b of p_ib,   presumedᵢ = argmax of p_ib over the b with p_ib ≥ t_b,   counts[a][b] = #{yᵢ = a, presumedᵢ = b}
 *
 * `joint` scales each row of the counts to the share of the examples that have its label. Where no example of a label is
 * confident, its row is taken to be right. Off the diagonal are the suspects: see {@link labelDoubts} to rank by it.
 *
 * @param probabilities [m × C] row-major, *out of sample*: from a network that was not trained on the example itself.
 * @throws RangeError as {@link labelMargins}.
 * @see Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", 2021, (1) to (3).
 *
 * @example
 * confidentJoint([0.9, 0.1, 0.2, 0.8, 0.1, 0.9], [0, 0, 1], 2).counts // [[1, 0], [0, 1]]
 */
export function confidentJoint(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): ConfidentJoint {
  checkTable('confidentJoint', probabilities, labels, classes)
  const m = labels.length
  const given = Array.from({ length: classes }, () => 0)
  const sums = Array.from({ length: classes }, () => 0)
  for (let i = 0; i < m; i++) {
    given[labels[i]!]!++
    sums[labels[i]!]! += probabilities[i * classes + labels[i]!]!
  }
  const thresholds = sums.map((sum, b) => sum / given[b]!)
  const counts = given.map(() => given.map(() => 0))
  const presumed = new Int32Array(m).fill(-1)
  for (let i = 0; i < m; i++) {
    let best = -Infinity
    for (let b = 0; b < classes; b++) {
      const p = probabilities[i * classes + b]!
      // A threshold of NaN holds for nobody: a class without examples can't be presumed.
      if (p >= thresholds[b]! && p > best) [best, presumed[i]] = [p, b]
    }
    if (presumed[i] !== -1) counts[labels[i]!]![presumed[i]!]!++
  }
  const joint = counts.map((row, a) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return row.map((count, b) => ((total === 0 ? Number(a === b) : count / total) * given[a]!) / m)
  })
  return { thresholds, counts, joint, presumed }
}
