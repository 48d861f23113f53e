import { coordinateMedian, mean, meanOfMeans, medianOfMeans, winsorizedMean } from '@coherent-gradients/aggregators'
import { aggregation, step } from './cases.ts'
import { compare } from './comparison.ts'
import { measureInterleaved } from './measure-interleaved.ts'
import { renewWeights } from './renew-weights.ts'
import type { Section } from './section.ts'

const goals: Readonly<Record<string, string>> = {
  'winsorized step, c = 8%': '≤ 2 and ≤ 9 ms',
  'winsorized mean by itself, c = 8%': '≤ 4.5 ms',
}

/** Steps by the robust rules beside a plain one. They may run on several threads: the ratios are of wall times. */
export const rulesSection: Section = {
  name: 'rules',
  title: 'robust rules, the same network and batches',
  async measure(_engine, prepared) {
    const { model, batches, tripleBatches } = await prepared()
    const before = (): void => renewWeights(model)
    const [plain, ...robust] = await measureInterleaved(
      [
        step(model, mean(), batches, 'SGD step'),
        ...[1, 2, 4, 8].map((percent) =>
          step(model, winsorizedMean({ percent }), batches, `winsorized step, c = ${percent}%`),
        ),
        step(model, coordinateMedian(), batches, 'coordinate median step'),
        aggregation(model, winsorizedMean({ percent: 8 }), batches[0]!, 'winsorized mean by itself, c = 8%'),
      ],
      { budgetMs: 12_000, least: 7, most: 200, before },
    )
    const [average, median] = await measureInterleaved(
      [
        step(model, meanOfMeans({ groups: 3 }), tripleBatches, 'A3 step, 3 × 100 examples'),
        step(model, medianOfMeans({ groups: 3 }), tripleBatches, 'M3 step, 3 × 100 examples'),
      ],
      { budgetMs: 6_000, least: 15, most: 200, before },
    )
    return [
      compare(plain!, plain!, { by: 'wall' }),
      ...robust.map((timing) => compare(timing, plain!, { by: 'wall', goal: goals[timing.name] ?? '' })),
      compare(average!, average!, { by: 'wall' }),
      compare(median!, average!, { by: 'wall', goal: '≤ 1.05' }),
    ]
  },
}
