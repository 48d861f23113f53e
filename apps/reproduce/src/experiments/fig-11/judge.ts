import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { isProxy } from '../is-proxy.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { asRatio, asShare, percent } from '../words.ts'
import { bySampleSize, type Measured } from './by-sample-size.ts'

/** "Typically": at least this share of the comparisons. */
const TYPICALLY = 0.9
/** What the correction leaves of the dependence on m, at most. */
const LEFT = 1.5

interface Seed {
  readonly seed: number
  readonly measured: readonly Measured[]
}

/** The claims of footnote 12. The α of the largest sample stands for that of the distribution. */
export function judgeBySampleSize(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const all = bySampleSize(results).filter(({ samples }) => samples.length > 1)
  const proxy = isProxy(results)
  const seedsOf = (arm: Measured['arm']): readonly Seed[] =>
    [...new Set(all.map(({ seed }) => seed))].map((seed) => ({
      seed,
      measured: all.filter((each) => each.seed === seed && each.arm === arm),
    }))
  return [
    ...(['real', 'random'] as const).map((arm) =>
      judgeInterval({
        claim: `α of a small sample overestimates α on ${arm} images`,
        expected:
          'α of the smallest sample over that of the largest, geometric mean over the moments of training, above 1',
        condition: { above: 1 },
        evidence: overSeeds(seedsOf(arm), ({ measured }) =>
          geometricMean(measured.map(({ samples }) => samples[0]!.alpha / samples.at(-1)!.alpha)),
        ),
        ...asRatio,
        proxy,
        ...noteBySeed(seedsOf(arm), ({ measured }) => measured.map(ends).join('; ')),
      }),
    ),
    judgeInterval({
      claim: 'The larger the sample, the less it overestimates',
      expected: `from each m to the next α falls in at least ${percent(TYPICALLY)} of the comparisons, at all moments and on both arms`,
      condition: { above: TYPICALLY },
      evidence: overSeeds(seedsOf('real'), ({ seed }) => shareFalling(all.filter((each) => each.seed === seed))),
      ...asShare,
      proxy,
    }),
    judgeInterval({
      claim: 'The excess is that of orthogonal parts, (1 − α)/m: corrected for it α hardly depends on m',
      expected: `corrected α of the sample in the middle of the sizes over that of the largest, on real images, geometric mean over the moments, from ${(1 / LEFT).toFixed(2)} to ${LEFT}`,
      condition: { within: [1 / LEFT, LEFT] },
      evidence: overSeeds(seedsOf('real'), ({ measured }) =>
        geometricMean(
          measured.map(({ samples }) => samples[samples.length >> 1]!.corrected / samples.at(-1)!.corrected),
        ),
      ),
      ...asRatio,
      proxy,
      note: 'The correction is ours; the paper gives none.',
    }),
  ]
}

function shareFalling(measured: readonly Measured[]): number {
  const falls = measured.flatMap(({ samples }) => samples.slice(1).map(({ alpha }, i) => alpha < samples[i]!.alpha))
  return falls.filter(Boolean).length / falls.length
}

function ends({ step, samples }: Measured): string {
  const at = (sample: Measured['samples'][number]): string => `${sample.alpha.toPrecision(2)} at m = ${sample.m}`
  return `step ${step}: ${at(samples[0]!)}, ${at(samples.at(-1)!)}`
}
