import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { lateAccuracy, peakAccuracy, unmemorised } from '../fig-4/accuracy.ts'
import { overfit } from '../fig-4/measures.ts'
import { asRatio, asShare, percent, points } from '../words.ts'
import { FITTED_ALL_THE_SAME } from '../m3/explanations.ts'
import { firstAt } from '../m3/first-at.ts'
import { judgePairs } from '../m3/judge-pairs.ts'
import { pairsOf, type Pair } from '../m3/pairs.ts'

/** "Almost": training accuracies that differ by less. */
const ALMOST = 0.05
/** "Slightly": fewer than so many times as many steps. */
const SLIGHTLY = 1.5
/** Where slowing down is looked at: "after about 50% has been learned". */
const MOST = 0.9
/** "Much lower": less than so many times the gap. The paper's is a third. */
const MUCH_LOWER = 0.5
/** "Fails to learn": a training accuracy below; guessing gives 10% at most. */
const UNLEARNED = 0.2
/** Nearly everything is fitted. */
const MEMORISED = 0.9

/** The claims of §7 about Figure 5. "In the end" is the mean over the last tenth of the evaluations. Unfinished pairs are left out. */
export function judgeMedianAgainstMean(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsOf(results)
  const of = (noise: number): readonly Pair[] => pairs.filter((pair) => pair.noise === noise)
  const [real, half, random] = [of(0), of(0.5), of(1)]
  return [
    judgePairs({
      claim: 'On real images M3 almost reaches the training accuracy of A3',
      expected: `training accuracy of A3 minus that of M3 in the end below ${100 * ALMOST} points`,
      condition: { below: ALMOST },
      words: points,
      pairs: real,
      measure: ({ m3, a3 }) => lateAccuracy(a3, 'train') - lateAccuracy(m3, 'train'),
      seen: against((run) => percent(lateAccuracy(run, 'train'))),
    }),
    judgePairs({
      claim: 'On real images M3 slows training down only slightly',
      expected: `steps of M3 until ${100 * MOST}% of the training images are fitted less than ${SLIGHTLY} times those of A3`,
      condition: { below: SLIGHTLY },
      ...asRatio,
      pairs: real,
      measure: ({ m3, a3 }) => firstAt(m3, MOST) / firstAt(a3, MOST),
      seen: against((run) => `${firstAt(run, MOST)} steps`),
    }),
    judgePairs({
      claim: 'On real images M3 has the smaller generalization gap',
      expected: 'training minus test accuracy of A3 in the end, less that of M3, above 0; the paper: 3.8 points',
      condition: { above: 0 },
      words: points,
      pairs: real,
      measure: ({ m3, a3 }) => overfit(a3) - overfit(m3),
      seen: against((run) => `${points(overfit(run))} (${percent(lateAccuracy(run, 'test'))} of the test images)`),
    }),
    judgePairs({
      claim: 'With 50% noise M3 fits no more than the real half of the training images',
      expected: 'highest training accuracy of M3 minus that of fitting real images and guessing the others below 0',
      condition: { below: 0 },
      words: points,
      pairs: half,
      measure: ({ m3 }) => peakAccuracy(m3, 'train') - unmemorised(m3),
      seen: against((run) => percent(peakAccuracy(run, 'train'))),
      explanation: FITTED_ALL_THE_SAME,
    }),
    judgePairs({
      claim: 'With 50% noise M3 has a much smaller generalization gap',
      expected: `gap of M3 in the end minus ${MUCH_LOWER} times that of A3 below 0; the paper: 25.90 of 77.13 points, a third`,
      condition: { below: 0 },
      words: points,
      pairs: half,
      measure: ({ m3, a3 }) => overfit(m3) - MUCH_LOWER * overfit(a3),
      seen: against((run) => points(overfit(run))),
      explanation: FITTED_ALL_THE_SAME,
    }),
    judgePairs({
      claim: 'With 100% noise M3 fails to learn any of the training images',
      expected: `training accuracy of M3 in the end below ${100 * UNLEARNED}%`,
      condition: { below: UNLEARNED },
      ...asShare,
      pairs: random,
      measure: ({ m3 }) => lateAccuracy(m3, 'train'),
      seen: against((run) => `${firstAt(run, 0.5)} steps to the half, or all`),
      explanation: FITTED_ALL_THE_SAME,
    }),
    judgePairs({
      claim: 'With 100% noise A3, in sharp contrast, memorises the training images',
      expected: `training accuracy of A3 in the end above ${100 * MEMORISED}%`,
      condition: { above: MEMORISED },
      ...asShare,
      pairs: random,
      measure: ({ a3 }) => lateAccuracy(a3, 'train'),
      seen: ({ a3 }) => `highest ${percent(peakAccuracy(a3, 'train'))}`,
    }),
  ]
}

/** `M3 97.0%, A3 99.1%` */
function against(words: (run: RunResult) => string): (pair: Pair) => string {
  return ({ m3, a3 }) => `M3 ${words(m3)}, A3 ${words(a3)}`
}
