/** How many score at least so much. */
export interface Threshold {
  readonly score: number
  readonly positives: number
  readonly negatives: number
}

/** Counts at every different score, highest first: what all curves over a ranking are made of. */
export function thresholds(
  who: string,
  scores: ArrayLike<number>,
  positive: ArrayLike<boolean | number>,
): readonly Threshold[] {
  if (scores.length !== positive.length) {
    throw new RangeError(`${who}: required a mark for each of ${scores.length} scores, found ${positive.length}`)
  }
  const order = Array.from(scores, (score, i) => {
    if (Number.isNaN(score)) throw new RangeError(`${who}: required numbers as scores, found NaN at ${i}`)
    return i
  }).toSorted((a, b) => (scores[a]! < scores[b]! ? 1 : scores[a]! > scores[b]! ? -1 : 0))
  const steps: Threshold[] = []
  let [positives, negatives] = [0, 0]
  order.forEach((i, place) => {
    if (positive[i]) positives++
    else negatives++
    const next = order[place + 1]
    if (next === undefined || scores[next] !== scores[i]) steps.push({ score: scores[i]!, positives, negatives })
  })
  return steps
}
