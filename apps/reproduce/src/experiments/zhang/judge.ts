import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { asRatio, asShare, percent, points } from '../words.ts'
import { LATE_IN_THE_FIT } from '../late-in-the-fit.ts'
import { overshooting } from '../overshooting.ts'
import { unfinishedFit } from '../unfinished-fit.ts'
import { finished } from '../finished.ts'
import { bySeed, fitsOf, type Fit } from './fits.ts'
import { regularisers } from './sizes.ts'

/** Zhang et al. fit true and random labels alike: to so much training accuracy. */
const FITTED = 0.99
/** "A small constant factor" more time. */
const SMALL_FACTOR = 10
/** Chance among ten classes, and what luck may add. */
const CHANCE = 0.2
/** What a regulariser brings on true labels, at most, if it isn't what makes the network learn. */
const LITTLE = 0.05
/** "Several times" as coherent. */
const SEVERAL = 2

const sweep = ['true labels', '25% of labels random', '50% of labels random', '75% of labels random', 'random labels']
const random = ['random labels', 'random pixels', 'gaussian'] as const
const fittable = [...sweep, 'shuffled pixels', 'random pixels', 'gaussian']

/** What Zhang et al. found, and what coherence says to it. */
export function judgeFits(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const seeds = bySeed(fitsOf(results))
  const proxy = !results.some((result) => result?.spec.data.dataset === 'cifar10')
  /** Over the seeds that have all of these. */
  const over = (arms: readonly string[], measure: (fits: readonly Fit[]) => number): Evidence => {
    const complete = seeds.flatMap(({ of }) => {
      const fits = arms.map(of)
      return fits.every((fit) => fit !== undefined) ? [fits] : []
    })
    return complete.length === 0 ? undefined : overSeeds(complete, measure)
  }
  return [
    judgeInterval({
      claim: 'The network fits every kind of randomised data as it fits the true ones',
      expected: `training accuracy on the worst of ${fittable.length} kinds above ${percent(FITTED)}`,
      condition: { above: FITTED },
      evidence: over(fittable, (fits) => Math.min(...fits.map(({ trainAccuracy }) => trainAccuracy))),
      ...asShare,
      proxy,
    }),
    judgeInterval({
      claim: 'Random labels take longer by a small constant factor only',
      expected: `epochs until every example is fitted, over those with true labels, below ${SMALL_FACTOR}`,
      condition: { below: SMALL_FACTOR },
      evidence: over(['true labels', 'random labels'], ([truth, noise]) => noise!.epochs / truth!.epochs),
      ...asRatio,
      proxy,
      ...noteBySeed(
        seeds,
        ({ of }) =>
          `${of('true labels')?.epochs.toFixed(0) ?? '–'} and ${of('random labels')?.epochs.toFixed(0) ?? '–'} epochs`,
      ),
    }),
    judgeInterval({
      claim: 'Gaussian images are fitted even faster than random labels',
      expected: 'epochs until every example is fitted, over those with random labels, below 1',
      condition: { below: 1 },
      evidence: over(['random labels', 'gaussian'], ([noise, gaussian]) => gaussian!.epochs / noise!.epochs),
      ...asRatio,
      proxy,
    }),
    judgeInterval({
      claim: 'What has been fitted of random data is of no use on test examples',
      expected: `test accuracy of the best of ${random.join(', ')}, below ${percent(CHANCE)}`,
      condition: { below: CHANCE },
      evidence: over(random, (fits) => Math.max(...fits.map(({ testAccuracy }) => testAccuracy))),
      ...asShare,
      proxy,
    }),
    judgeInterval({
      claim: 'The more labels are random, the worse it does on test examples, steadily',
      expected: 'least fall of test accuracy from each of five shares to the next, above 0',
      condition: { above: 0 },
      evidence: over(sweep, (fits) =>
        Math.min(...fits.slice(1).map(({ testAccuracy }, i) => fits[i]!.testAccuracy - testAccuracy)),
      ),
      words: points,
      proxy,
    }),
    ...regularisers.flatMap((by) => [
      judgeInterval({
        claim: `${by.replace(/^./, (first) => first.toUpperCase())} is not what makes it learn`,
        expected: `test accuracy on true labels with ${by} less that without, from ${points(-LITTLE)} to ${points(LITTLE)}`,
        condition: { within: [-LITTLE, LITTLE] },
        evidence: over(
          ['true labels', `true labels, ${by}`],
          ([plain, regularised]) => regularised!.testAccuracy - plain!.testAccuracy,
        ),
        words: points,
        proxy,
      }),
      judgeInterval({
        claim: `Nor does ${by} keep it from memorising random labels`,
        expected: `training accuracy on random labels with ${by} above ${percent(FITTED)}`,
        condition: { above: FITTED },
        evidence: over([`random labels, ${by}`], ([fit]) => fit!.trainAccuracy),
        ...asShare,
        explanation: unfinishedFit(seeds.flatMap(({ of }) => of(`random labels, ${by}`)?.trainAccuracy ?? [])),
        proxy,
      }),
    ]),
    ...random.map((arm) =>
      judgeInterval({
        claim: `Examples help each other more with true labels than with ${arm === 'gaussian' ? 'gaussian images' : arm}`,
        expected: `highest m·α after the first steps with true labels over that with ${arm}, above ${SEVERAL}`,
        condition: { above: SEVERAL },
        evidence: over(['true labels', arm], ([truth, noise]) => truth!.peak / noise!.peak),
        ...asRatio,
        explanation: arm === 'random labels' ? LATE_IN_THE_FIT : overshooting(finished(results)),
        ...noteBySeed(seeds, ({ of }) => `${peakInWords(of('true labels'))} against ${peakInWords(of(arm))}`),
        proxy,
      }),
    ),
  ]
}

const peakInWords = (fit: Fit | undefined): string => fit?.peak.toFixed(1) ?? '–'
