import type { MeasuredNumber, Outcome, Setting, Verdict } from '../verdict.ts'
import type { Interval } from './interval.ts'
import { meanInterval } from './mean-interval.ts'
import { seedsToSettle } from './seeds-to-settle.ts'
import { mean } from '../statistics/mean.ts'
import { withMinus } from '../text/with-minus.ts'

/** Where the claim says that the number lies. */
export type Condition =
  | { readonly above: number }
  | { readonly below: number }
  | { readonly within: readonly [number, number] }

/** What was measured: one number per seed, or an interval that was made otherwise; `undefined` where there are no data. */
export type Evidence = { readonly samples: readonly number[] } | { readonly interval: Interval } | undefined

export interface Judgement {
  /** The paper's claim in our words. */
  readonly claim: string
  /** What the claim says should be seen, with the threshold. */
  readonly expected: string
  readonly condition: Condition
  readonly evidence: Evidence
  /** True where smaller data or another network stand in for the paper's. */
  readonly proxy: boolean
  /** The number's name and form: `(x) => `test accuracy ${percent(x)}``. Without it three digits are shown. */
  readonly words?: (value: number) => string
  /** What the number can be at all: an interval, which knows nothing of that, is cut off there. */
  readonly range?: readonly [number, number]
  /** Samples are ratios: their geometric mean is judged, for a half is as far from 1 as 2 is. */
  readonly logarithmic?: boolean
  readonly note?: string
  /** Why it may come out differently, as well as we know: said, ahead of the note, where it does. */
  readonly explanation?: string | undefined
  /** Where it isn't that of the experiment's other claims. */
  readonly setting?: Setting
}

function sideOf(condition: Condition, low: number, high: number): Outcome {
  const [from, to] =
    'above' in condition
      ? [condition.above, Infinity]
      : 'below' in condition
        ? [-Infinity, condition.below]
        : condition.within
  if (Number.isNaN(low) || Number.isNaN(high)) return 'inconclusive'
  if ((from === -Infinity || low > from) && (to === Infinity || high < to)) return 'reproduced'
  return high < from || low > to ? 'differs' : 'inconclusive'
}

/** Where one side of a condition ends. */
function thresholdsOf(condition: Condition): readonly number[] {
  return 'above' in condition ? [condition.above] : 'below' in condition ? [condition.below] : condition.within
}

/** What more seeds would bring, where these leave it open. */
function moreSeeds(samples: readonly number[], thresholds: readonly number[]): string {
  const centre = mean(samples)
  const nearest = thresholds.reduce((a, b) => (Math.abs(b - centre) < Math.abs(a - centre) ? b : a))
  const enough = seedsToSettle(samples, nearest)
  const these = `if they scatter as these ${samples.length} do`
  return enough === undefined
    ? `Fifty seeds would not tell, ${these}.`
    : `More seeds would tell: about ${enough}, ${these}.`
}

const threeDigits = (value: number): string => withMinus(String(Number(value.toPrecision(3))))

/**
 * A verdict from an interval and a condition: *reproduced* when the whole interval satisfies it, *differs* when the
 * whole interval lies on the other side, *inconclusive* when it straddles the threshold or a sample isn't finite, *not
 * run* when there are no data.
 *
 * Two samples and more make an interval of their mean ({@link meanInterval}, 95%), of ratios of their geometric mean; where
 * it straddles the threshold, the note says how many would tell. One sample is judged as the point that it is, and the note
 * says that another seed may fall elsewhere.
 *
 * @example
 * judgeInterval({ claim: 'Noise is orthogonal', expected: 'm·α below 3', condition: { below: 3 },
 *   evidence: { samples: [1.1, 0.9, 1.3] }, proxy: true }).outcome // 'reproduced'
 */
export function judgeInterval(judgement: Judgement): Verdict {
  const { claim, expected, condition, evidence, proxy, words = threeDigits, range = [-Infinity, Infinity] } = judgement
  const { setting, logarithmic = false } = judgement
  const [judged, shown] = logarithmic ? [Math.log, Math.exp] : [Number, Number]
  const verdict = (measured: string, outcome: Outcome, remark?: string, number?: MeasuredNumber): Verdict => {
    const explanation = outcome === 'differs' ? judgement.explanation : undefined
    const notes = [explanation, judgement.note, remark].filter((each) => each !== undefined).join(' ')
    const more = { ...(notes === '' ? {} : { note: notes }), ...(setting === undefined ? {} : { setting }) }
    return { claim, measured, expected, outcome, proxy, ...more, ...(number === undefined ? {} : { number }) }
  }
  if (evidence === undefined || ('samples' in evidence && evidence.samples.length === 0)) {
    return verdict('nothing yet', 'not run')
  }
  if ('samples' in evidence) {
    const { samples } = evidence
    const broken = samples.filter((sample) => !Number.isFinite(judged(sample))).length
    if (broken > 0) {
      const what = logarithmic ? 'no ratios above 0' : 'not finite'
      return verdict(samples.map(words).join(', '), 'inconclusive', `${broken} of ${samples.length} are ${what}.`)
    }
    const [first] = samples
    if (samples.length === 1) {
      const remark = 'One seed: a point without an interval; another seed may fall elsewhere.'
      const number = { value: first!, over: 'one seed' }
      return verdict(`${words(first!)} (one seed)`, sideOf(condition, first!, first!), remark, number)
    }
  }
  const interval = 'interval' in evidence ? evidence.interval : meanInterval(evidence.samples.map(judged))
  const { level, over } = interval
  const plain = 'interval' in evidence ? (x: number): number => x : shown
  const estimate = plain(interval.estimate)
  const low = Math.max(plain(interval.low), range[0])
  const high = Math.min(plain(interval.high), range[1])
  const percent = Number((100 * level).toPrecision(3))
  const outcome = sideOf(condition, low, high)
  const open = outcome === 'inconclusive' && 'samples' in evidence
  return verdict(
    `${words(estimate)} (${percent}% interval ${words(low)} to ${words(high)}, ${over})`,
    outcome,
    open ? moreSeeds(evidence.samples.map(judged), thresholdsOf(condition).map(judged)) : undefined,
    { value: estimate, low, high, level, over },
  )
}
