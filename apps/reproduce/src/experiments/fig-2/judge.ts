import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { overshooting } from '../overshooting.ts'
import { finalAccuracy } from '../final-accuracy.ts'
import { finished } from '../finished.ts'
import { isProxy } from '../is-proxy.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { pairsBySeed } from '../pairs-by-seed.ts'
import { peakOf } from '../peak-of.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio, asShare, percent, points } from '../words.ts'

/** What m·α of random data stays under with ResNet-50, in the paper's words. */
const USUAL_CEILING = 5
/** "More than 2×" (footnote 21). */
const TWICE = 2
/** "Much later": after at least so many times as many epochs. */
const MUCH = 2

/** The claims of Figure 2 and footnotes 20 and 21. */
export function judgeAlexNet(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsBySeed(finished(results))
  const proxy = isProxy(results)
  return [
    judgeInterval({
      claim: 'AlexNet fits random images as well as real ones',
      expected: 'in the end training accuracy above 99% on both, so on the worse one',
      condition: { above: 0.99 },
      evidence: overSeeds(pairs, ({ real, random }) =>
        Math.min(finalAccuracy(real, 'train'), finalAccuracy(random, 'train')),
      ),
      ...asShare,
      proxy,
    }),
    judgeInterval({
      claim: 'Only on real images does it generalise',
      expected: 'test accuracy on real images less that on random ones at least 50 points',
      condition: { above: 0.5 },
      evidence: overSeeds(pairs, ({ real, random }) => finalAccuracy(real, 'test') - finalAccuracy(random, 'test')),
      words: points,
      proxy,
      ...noteBySeed(
        pairs,
        ({ real, random }) =>
          `${percent(finalAccuracy(real, 'test'))} against ${percent(finalAccuracy(random, 'test'))}`,
      ),
    }),
    judgeInterval({
      claim: 'Over the whole network coherence of random images becomes surprisingly high',
      expected: `highest m·α on random images after step ${TRANSIENT} above ${USUAL_CEILING}, which ResNet-50 stays under`,
      condition: { above: USUAL_CEILING },
      evidence: overSeeds(pairs, ({ random }) => peakOf(random).mAlpha),
      proxy,
    }),
    judgeInterval({
      claim: 'At its peak coherence of real images is more than twice that of random ones',
      expected: `highest m·α on real over that on random after step ${TRANSIENT}, above ${TWICE}`,
      condition: { above: TWICE },
      evidence: overSeeds(pairs, ({ real, random }) => peakOf(real).mAlpha / peakOf(random).mAlpha),
      ...asRatio,
      proxy,
      explanation: overshooting(pairs.map(({ random }) => random)),
      ...noteBySeed(pairs, peaksInWords),
    }),
    judgeInterval({
      claim: 'Coherence of random images peaks much later in training',
      expected: `its peak after step ${TRANSIENT} lies at least ${MUCH} times as many epochs on as that of real images`,
      condition: { above: MUCH },
      evidence: overSeeds(pairs, ({ real, random }) => peakOf(random).epoch / peakOf(real).epoch),
      ...asRatio,
      proxy,
      ...noteBySeed(pairs, peaksInWords),
    }),
  ]
}

function peaksInWords({ real, random }: { readonly real: RunResult; readonly random: RunResult }): string {
  const words = (run: RunResult): string => `${peakOf(run).mAlpha.toFixed(1)} at epoch ${peakOf(run).epoch.toFixed(1)}`
  return `real ${words(real)}, random ${words(random)}`
}
