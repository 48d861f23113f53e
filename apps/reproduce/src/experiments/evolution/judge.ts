import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { overshooting } from '../overshooting.ts'
import { unfinishedFit } from '../unfinished-fit.ts'
import { finalAccuracy } from '../final-accuracy.ts'
import { finished } from '../finished.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio, asShare, percent } from '../words.ts'
import { coursesOf, placeOf, type Course } from './course.ts'
import { networks } from './networks.ts'

/** A peak: so many times the lowest before it. */
const PEAK = 2
/** "Back down to the orthogonal limit": at most so much above it. */
const NEAR_LIMIT = 2
/** "Starts off high": at least this share of its peak. */
const HIGH = 0.5
/** The network that footnote 23 takes out, on real data. */
const startsHigh = 'MLP'

/** What §6 and footnote 23 say of the evolution of coherence. */
export function judgeEvolution(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const courses = coursesOf(results)
  const of = (network: string, arm: Course['arm']): readonly Course[] =>
    courses.filter((course) => course.network === network && course.arm === arm)
  const runsOf = (network: string, arm: Course['arm']): readonly RunResult[] =>
    finished(results).filter((run) => placeOf(run).network === network && placeOf(run).arm === arm)
  const proxy = true
  const arms = ['real', 'random'] as const
  return [
    ...Object.keys(networks).flatMap((network) =>
      arms.map((arm) => {
        const own = of(network, arm)
        const exception = network === startsHigh && arm === 'real'
        return judgeInterval({
          claim: exception
            ? `${network} on ${arm} images: the signal is easy to find, coherence starts high`
            : `${network} on ${arm} images: coherence starts low and rises to a peak`,
          expected: exception
            ? `m·α after step ${TRANSIENT} at least ${percent(HIGH)} of its peak`
            : `peak of m·α after step ${TRANSIENT} over the lowest before it, above ${PEAK}`,
          condition: { above: exception ? HIGH : PEAK },
          evidence: overSeeds(own, ({ start, low, peak }) => (exception ? start / peak : peak / low)),
          ...(exception ? asShare : asRatio),
          proxy,
          explanation: exception ? overshooting(runsOf(network, arm)) : noRise(own),
          ...noteBySeed(own, inWords),
        })
      }),
    ),
    ...Object.keys(networks).flatMap((network) =>
      arms.map((arm) =>
        judgeInterval({
          claim: `${network} on ${arm} images: in the end coherence is back at the orthogonal limit`,
          expected: `m·α over the last tenth of the measurements below ${NEAR_LIMIT}`,
          condition: { below: NEAR_LIMIT },
          evidence: overSeeds(of(network, arm), ({ end }) => end),
          range: [0, Infinity],
          proxy,
          explanation: unfinishedFit(runsOf(network, arm).map((run) => finalAccuracy(run, 'train'))),
          ...noteBySeed(of(network, arm), inWords),
        }),
      ),
    ),
  ]
}

const inWords = ({ low, peak, end }: Course): string =>
  `as low as ${twoDigits(low)}, peaks at ${twoDigits(peak)}, ends at ${twoDigits(end)}`

const twoDigits = (x: number): string => String(Number(x.toPrecision(2)))

/** Why coherence may not rise: it is high from the start, or never leaves the orthogonal limit. */
function noRise(courses: readonly Course[]): string | undefined {
  if (courses.length === 0) return undefined
  if (courses.every(({ low }) => low > NEAR_LIMIT)) {
    return (
      'It starts high: on these images the signal is easy to find for this network too, as footnote 23 has it of a fully ' +
      'connected one. Images of another data set would settle it.'
    )
  }
  if (courses.every(({ peak }) => peak < 2 * NEAR_LIMIT)) {
    return (
      'It never leaves the neighbourhood of the orthogonal limit: so few images are learned one by one from the start. More ' +
      'images would settle it.'
    )
  }
  return undefined
}
