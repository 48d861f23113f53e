import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { meanInterval } from '../../verdict/mean-interval.ts'
import { seriesShare } from '../../verdict/series-share.ts'
import { shareInterval } from '../../verdict/share-interval.ts'
import type { Interval } from '../../verdict/interval.ts'
import { LATE_IN_THE_FIT } from '../late-in-the-fit.ts'
import { finalAccuracy } from '../final-accuracy.ts'
import { logRatiosAtEqualLoss } from '../log-ratios-at-equal-loss.ts'
import { settledCoherence as settled } from '../settled-coherence.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio, asShare, percent } from '../words.ts'

/** "Several times": at equal loss, m·α on real data at least this many times that on random data. */
const SEVERAL = 3
/** The paper's words for random data: "staying usually below 5". */
const PAPER_RANDOM_CEILING = 5
/** Cross-entropy of guessing among ten classes: where the fit starts once the first steps have mended the initial weights. */
const CHANCE_LOSS = Math.log(10)
/** "Usually": at least this share of the measurements. */
const USUALLY = 0.9

/** The learning rate from which on the weights bounce, by `docs/when-alpha-misleads.md`. */
const BOUNCING_FROM = 0.1
const EDGE_OF_STABILITY =
  'At this learning rate the weights overshoot again and again, and then all gradients point back the same way, on noise as well. ' +
  'The experiment at its usual learning rate settles it.'

const times = (x: number): string => `${x.toFixed(1)}×`

/**
 * The claims of Figure 1. Runs that aren't finished are left out; a claim about both arms needs both.
 */
export function judgeRealAgainstRandom(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const done = results.filter((result): result is RunResult => result?.done === true)
  const real = done.filter((result) => result.spec.arm === 'real')
  const random = done.filter((result) => result.spec.arm !== 'real')
  const pairs = real.flatMap((a) => random.filter((b) => b.spec.seed === a.spec.seed).map((b) => [a, b] as const))
  const imagesKept = random.some((run) => run.spec.data.noise.kind === 'labels')
  const what = imagesKept ? 'random labels' : 'random images'
  const proxy = true
  return [
    judgeInterval({
      claim: `The network has the capacity to fit ${what} as well as real data`,
      expected: 'in the end training accuracy above 99% on both, so on the worse one',
      condition: { above: 0.99 },
      evidence:
        pairs.length === 0
          ? undefined
          : { samples: pairs.map(([a, b]) => Math.min(finalAccuracy(a, 'train'), finalAccuracy(b, 'train'))) },
      ...asShare,
      proxy,
    }),
    judgeInterval({
      claim: `Yet only on real data does it generalise`,
      expected: 'test accuracy on real data less that on random data at least 50%',
      condition: { above: 0.5 },
      evidence: evidenceOf(pairs, ([a, b]) => differenceOfShares(a, b)),
      words: percent,
      proxy,
      ...(pairs.length > 0
        ? {
            note: `Test accuracy ${pairs.map(([a, b]) => `${percent(finalAccuracy(a, 'test'))} on real against ${percent(finalAccuracy(b, 'test'))}`).join('; ')}.`,
          }
        : {}),
    }),
    judgeInterval({
      claim: `After the first steps an example of the ${what} helps hardly any other all through the fit`,
      expected: `m·α below ${PAPER_RANDOM_CEILING} in at least ${percent(USUALLY)} of the measurements after step ${TRANSIENT}`,
      condition: { above: USUALLY },
      evidence: evidenceOf(random, (run) =>
        seriesShare(
          settled(run).map((row) => row.mAlpha),
          (x) => x < PAPER_RANDOM_CEILING,
        ),
      ),
      ...asShare,
      proxy,
      explanation: imagesKept ? LATE_IN_THE_FIT : bouncing(random) ? EDGE_OF_STABILITY : undefined,
      ...(random.length > 0 ? { note: random.map((run) => rangeOf(run)).join(' ') } : {}),
    }),
    judgeInterval({
      claim: `While the loss falls, an example of the real data helps several times as many others as one of the ${what}`,
      expected: `m·α at equal training loss, from 90% of chance level down to 10%, at least ${SEVERAL} times as high`,
      condition: { above: SEVERAL },
      evidence: evidenceOf(pairs, ([a, b]) => ratioAtEqualLoss(a, b)),
      ...asRatio,
      words: times,
      proxy,
      explanation: imagesKept ? LATE_IN_THE_FIT : bouncing(random) ? EDGE_OF_STABILITY : undefined,
    }),
  ]
}

function bouncing(runs: readonly RunResult[]): boolean {
  return runs.some((run) => run.spec.training.learningRate >= BOUNCING_FROM)
}

/** The estimates of several runs; of one its own interval. */
function evidenceOf<T>(items: readonly T[], measure: (item: T) => Interval | undefined): Evidence {
  const intervals = items.map(measure).filter((interval) => interval !== undefined)
  if (intervals.length === 0) return undefined
  if (intervals.length > 1) return { samples: intervals.map((each) => each.estimate) }
  return { interval: { ...intervals[0]!, over: `${intervals[0]!.over}; one seed` } }
}

/** Difference of two test accuracies with an interval from the number of test examples (Newcombe's, from Wilson's). */
function differenceOfShares(a: RunResult, b: RunResult): Interval {
  const [p, q] = [finalAccuracy(a, 'test'), finalAccuracy(b, 'test')]
  const examples = (run: RunResult): number => run.evaluations.findLast((row) => row.split === 'test')?.examples ?? 0
  const [wilsonP, wilsonQ] = [shareInterval(p * examples(a), examples(a)), shareInterval(q * examples(b), examples(b))]
  const estimate = p - q
  return {
    estimate,
    low: estimate - Math.hypot(p - wilsonP.low, wilsonQ.high - q),
    high: estimate + Math.hypot(wilsonP.high - p, q - wilsonQ.low),
    level: wilsonP.level,
    over: `${examples(a).toLocaleString('en')} test examples`,
  }
}

function rangeOf(run: RunResult): string {
  const values = settled(run).map((row) => row.mAlpha)
  return `m·α from ${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)} after step ${TRANSIENT}${run.spec.seed > 1 ? ` (seed ${run.spec.seed})` : ''}.`
}

/** Geometric mean of the ratio of m·α over stretches of equal loss, with a t interval over the stretches. */
function ratioAtEqualLoss(real: RunResult, random: RunResult): Interval | undefined {
  const ratios = logRatiosAtEqualLoss(real, random, 'all', CHANCE_LOSS)
  if (ratios.length < 2) return undefined
  const interval = meanInterval(ratios)
  return {
    ...interval,
    estimate: Math.exp(interval.estimate),
    low: Math.exp(interval.low),
    high: Math.exp(interval.high),
    over: `${ratios.length} stretches of the loss`,
  }
}
