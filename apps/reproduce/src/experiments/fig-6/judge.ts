import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { lateAccuracy } from '../fig-4/accuracy.ts'
import { asRatio, asShare, percent, points } from '../words.ts'
import { FITTED_ALL_THE_SAME, SLOW_NOT_CHOOSY } from '../m3/explanations.ts'
import { firstAt } from '../m3/first-at.ts'
import { judgePairs } from '../m3/judge-pairs.ts'
import { memorisedAt } from '../m3/memorised-at.ts'
import { pairsOf } from '../m3/pairs.ts'

/** "Well". */
const WELL = 0.9
/** "Does not learn": below; guessing gives 10% at most. */
const UNLEARNED = 0.2
/** "Almost equally well": accuracies that differ by less. */
const ALMOST_EQUALLY = 0.05

/** The claims of §7 about Figure 6. "In the end" is the mean over the last tenth of the evaluations. */
export function judgeRealAndNoise(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsOf(results).filter(({ noise }) => noise > 0 && noise < 1)
  const pristine = (run: RunResult): number => lateAccuracy(run, 'train', 'pristine')
  const corrupt = (run: RunResult): number => lateAccuracy(run, 'train', 'corrupt')
  const both = (run: RunResult): string =>
    `${percent(pristine(run))} of the real, ${percent(corrupt(run))} of the noise`
  return [
    judgePairs({
      claim: 'M3 learns the real images of the training set well',
      expected: `accuracy of M3 on real training images in the end above ${100 * WELL}%`,
      condition: { above: WELL },
      ...asShare,
      pairs,
      measure: ({ m3 }) => pristine(m3),
      seen: ({ m3, a3 }) => `test images that are real, M3 ${percent(cleanTest(m3))}, A3 ${percent(cleanTest(a3))}`,
    }),
    judgePairs({
      claim: 'M3 does not learn the noise images',
      expected: `accuracy of M3 on them in the end below ${100 * UNLEARNED}%`,
      condition: { below: UNLEARNED },
      ...asShare,
      pairs,
      measure: ({ m3 }) => corrupt(m3),
      seen: ({ m3 }) => `a half of them after ${firstAt(m3, 0.5, 'corrupt')} steps, or all`,
      explanation: FITTED_ALL_THE_SAME,
    }),
    judgePairs({
      claim: 'A3 learns both almost equally well',
      expected: `accuracy of A3 on real minus that on noise images in the end within ±${100 * ALMOST_EQUALLY} points`,
      condition: { within: [-ALMOST_EQUALLY, ALMOST_EQUALLY] },
      words: points,
      pairs,
      measure: ({ a3 }) => pristine(a3) - corrupt(a3),
      seen: ({ a3 }) => both(a3),
    }),
    judgePairs({
      claim: 'A3 learns the noise images later in training',
      expected: 'steps of A3 until half of the noise images are fitted over those until half of the real are, above 1',
      condition: { above: 1 },
      ...asRatio,
      pairs,
      measure: ({ a3 }) => firstAt(a3, 0.5, 'corrupt') / firstAt(a3, 0.5, 'pristine'),
      seen: ({ a3 }) => `${firstAt(a3, 0.5, 'corrupt')} against ${firstAt(a3, 0.5, 'pristine')} steps`,
    }),
    judgePairs({
      claim: 'M3 is choosy: it fits fewer noise images than A3 did when it had fitted as many real ones',
      expected:
        'accuracy on noise images of A3 less that of M3, each where it first fits as many real ones as M3 in the end, above 0',
      condition: { above: 0 },
      words: points,
      pairs,
      explanation: SLOW_NOT_CHOOSY,
      measure: ({ m3, a3 }) => memorisedAt(a3, pristine(m3)) - memorisedAt(m3, pristine(m3)),
      seen: ({ m3, a3 }) =>
        `M3 in the end ${both(m3)}; when it first fitted as many real ones, M3 ${percent(memorisedAt(m3, pristine(m3)))} of the ` +
        `noise, A3 ${percent(memorisedAt(a3, pristine(m3)))}`,
    }),
  ]
}

const cleanTest = (run: RunResult): number => lateAccuracy(run, 'test', 'pristine')
