import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { lateAccuracy } from '../fig-4/accuracy.ts'
import { MEANS_ARE_SYMMETRIC, SLOW_NOT_CHOOSY } from '../m3/explanations.ts'
import { judgePairs } from '../m3/judge-pairs.ts'
import { memorisedAt } from '../m3/memorised-at.ts'
import { pairsOf, type Pair } from '../m3/pairs.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { asShare, percent, points } from '../words.ts'

/** The micro-batches that are judged, from the smallest. */
const microBatches = [1, 4, 32] as const
/** "Well". */
const WELL = 0.9
/** "Does not learn". Whoever gives the right answer to all gets none of the wrong labels. */
const UNLEARNED = 0.2

/** What §7 says of M3, asked of wrong labels. "In the end" is the mean over the last tenth of the evaluations. */
export function judgeByMicroBatch(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsOf(results)
  const of = (size: number): readonly Pair[] => pairs.filter((pair) => pair.microBatch === size)
  const [smallest] = microBatches
  return [
    judgePairs({
      claim: `With micro-batches of ${smallest} M3 learns the right labels well`,
      expected: `accuracy of M3 on right training labels in the end above ${100 * WELL}%`,
      condition: { above: WELL },
      ...asShare,
      pairs: of(smallest),
      measure: ({ m3 }) => pristine(m3),
      seen: ({ m3, a3 }) =>
        `test accuracy in the end M3 ${percent(lateAccuracy(m3, 'test'))}, A3 ${percent(lateAccuracy(a3, 'test'))}`,
    }),
    judgePairs({
      claim: `With micro-batches of ${smallest} M3 does not learn the wrong ones`,
      expected: `accuracy of M3 on wrong training labels in the end below ${100 * UNLEARNED}%`,
      condition: { below: UNLEARNED },
      ...asShare,
      pairs: of(smallest),
      measure: ({ m3 }) => corrupt(m3),
      seen: ({ a3 }) => `A3 ${percent(corrupt(a3))}`,
    }),
    ...microBatches.flatMap((size) => [
      judgePairs({
        claim: `With micro-batches of ${size} M3 fits fewer wrong labels than A3 in as many steps`,
        expected: 'accuracy of A3 on wrong training labels in the end, less that of M3, above 0',
        condition: { above: 0 },
        words: points,
        pairs: of(size),
        explanation: MEANS_ARE_SYMMETRIC,
        measure: prevented,
        seen: ({ m3, a3 }) => `M3 ${both(m3)}, A3 ${both(a3)}`,
      }),
      judgePairs({
        claim: `With micro-batches of ${size} M3 is choosy: it fits fewer than A3 did when it had fitted as many right ones`,
        expected:
          'accuracy on wrong labels of A3 less that of M3, each where it first fits as many right ones as M3 in the end, above 0',
        condition: { above: 0 },
        words: points,
        pairs: of(size),
        explanation: SLOW_NOT_CHOOSY,
        measure: ({ m3, a3 }) => memorisedAt(a3, pristine(m3)) - memorisedAt(m3, pristine(m3)),
        seen: ({ m3, a3 }) =>
          `M3 in the end ${both(m3)}; when it first fitted as many right ones, M3 ${percent(memorisedAt(m3, pristine(m3)))} of ` +
          `the wrong, A3 ${percent(memorisedAt(a3, pristine(m3)))}`,
      }),
    ]),
    judgeLess(of(smallest), of(microBatches[2])),
  ]
}

function judgeLess(small: readonly Pair[], large: readonly Pair[]): Verdict {
  const twins = small.flatMap((pair) => {
    const other = large.find(({ seed }) => seed === pair.seed)
    return other === undefined ? [] : [{ seed: pair.seed, pair, other }]
  })
  return judgeInterval({
    claim: 'The larger the micro-batch, the less the median keeps from being memorised',
    expected: `wrong labels that A3 fits and M3 doesn’t, in the end: at micro-batch ${microBatches[0]} less at ${microBatches[2]}, above 0`,
    condition: { above: 0 },
    evidence: { samples: twins.map(({ pair, other }) => prevented(pair) - prevented(other)) },
    words: points,
    proxy: true,
    ...noteBySeed(twins, ({ pair, other }) => `${points(prevented(pair))} against ${points(prevented(other))}`),
  })
}

const pristine = (run: RunResult): number => lateAccuracy(run, 'train', 'pristine')
const corrupt = (run: RunResult): number => lateAccuracy(run, 'train', 'corrupt')
const prevented = ({ m3, a3 }: Pair): number => corrupt(a3) - corrupt(m3)
const both = (run: RunResult): string => `${percent(pristine(run))} of the right, ${percent(corrupt(run))} of the wrong`
