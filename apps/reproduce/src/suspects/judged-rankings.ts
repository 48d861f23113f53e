import { averagePrecision, rocCurve } from '@coherent-gradients/coherence'
import type { QuantityRow } from '@coherent-gradients/runlog'
import { criteria, stages, type ScoredExamples } from './scores.ts'

/** The shares of right labels at which it is noted how many of the wrong ones have been found. */
export const falseAlarms: readonly number[] = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1]

/** How well each criterion finds the labels that are wrong, at each stage: average precision, and the ROC curve. */
export function judgedRankings(scored: ScoredExamples): readonly QuantityRow[] {
  const wrong = Array.from(scored.labels, (label, i) => label !== scored.trueLabels[i])
  const share = wrong.filter(Boolean).length / wrong.length
  const row = (series: string, quantity: string, item: string, value: number): QuantityRow => ({
    step: 0,
    series,
    quantity,
    item,
    value,
  })
  return [
    row('labels', 'share of wrong labels', '', share),
    ...criteria.flatMap((criterion) =>
      stages.flatMap((stage) => {
        const scores = scored.score(criterion, stage)
        const curve = rocCurve(scores, wrong)
        return [
          row(criterion, 'average precision', stage, averagePrecision(scores, wrong)),
          row(criterion, 'area under the ROC curve', stage, curve.area),
          ...falseAlarms.map((rate) =>
            row(criterion, 'wrong labels found', `${stage} at ${rate}`, foundAt(curve, rate)),
          ),
        ]
      }),
    ),
  ]
}

/** The curve's height at a rate of false alarms, between its points in a straight line; the highest where it is upright. */
function foundAt({ falsePositiveRate: x, truePositiveRate: y }: ReturnType<typeof rocCurve>, rate: number): number {
  const after = x.findIndex((each) => each > rate)
  if (after === -1) return y.at(-1)!
  const [from, to] = [x[after - 1]!, x[after]!]
  return y[after - 1]! + ((rate - from) / (to - from)) * (y[after]! - y[after - 1]!)
}
