import type { RunResult } from '../../run-result.ts'
import type { TwinsSpec } from '../../specs/twins-spec.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { meanInterval } from '../../verdict/mean-interval.ts'
import { rankCorrelation } from '../../verdict/rank-correlation.ts'
import { outcomeOf, type Rung, type TwinsOutcome } from './outcomes.ts'
import { mean } from '../../statistics/mean.ts'
import { withMinus } from '../../text/with-minus.ts'

/** Of the mean gap: how far the mean stability may be from it and still count as the same. */
const SAME = 0.25

/** What the proof of Theorem 1 says, step by step, and whether α predicts how far twins drift apart. */
export function judgeTwins(results: readonly RunResult<TwinsSpec>[]): readonly Verdict[] {
  const outcomes = results.map(outcomeOf)
  const runs = `${outcomes.length} runs`
  const samples = (of: (outcome: TwinsOutcome) => number): Evidence => {
    const values = outcomes.map(of)
    // A run of an earlier version may lack what is asked for.
    if (!values.every(Number.isFinite)) return undefined
    return values.length < 2 ? { samples: values } : { interval: { ...meanInterval(values), over: runs } }
  }
  const orders = ({ logs }: TwinsOutcome, from: Rung, to: Rung): number => (logs[to] - logs[from]) / Math.LN10
  const scale = mean(outcomes.map(({ gap }) => gap))
  const size = results[0]?.spec
  const [steps] = results.map(({ spec }) => spec.training.steps * spec.twins)
  const divergence = outcomes.map(({ distance }) => distance)
  const predicted = rankCorrelation(
    outcomes.map(({ alpha }) => alpha),
    divergence,
    runs,
  )
  const early = rankCorrelation(
    outcomes.map(({ firstAlpha }) => firstAlpha),
    divergence,
    '',
  )
  return [
    judgeInterval({
      claim: 'The expected gap is the expected stability: what a replaced example costs a training that hasn’t seen it',
      expected: `(stability − gap) as a part of the mean gap: within ±${SAME}`,
      condition: { within: [-SAME, SAME] },
      evidence: samples(({ stability, gap }) => (stability - gap) / scale),
      proxy: true,
    }),
    judgeInterval({
      claim:
        'In one step two trainings part by no more than the growth of what parts them and the two gradients’ difference',
      expected: 'steps of twins for which it fails with the largest β that was seen, in a run: below 1',
      condition: { below: 1 },
      evidence: samples(({ violations }) => violations),
      proxy: true,
      ...(steps === undefined ? {} : { note: `Of ${steps.toLocaleString('en')} in each run.` }),
    }),
    judgeInterval({
      claim: 'The loss on any example changes by no more than L times the distance of the weights',
      expected:
        'changes, on the replaced and on fresh examples at the end, for which it fails with the longest gradient that was seen as L, in a run: below 1',
      condition: { below: 1 },
      evidence: samples(({ steep }) => steep),
      proxy: true,
      ...(size === undefined
        ? {}
        : { note: `Of ${(size.twins * (size.data.fresh + 1)).toLocaleString('en')} in each run.` }),
    }),
    judgeInterval({
      claim: 'The bound is extremely loose',
      expected: 'orders of magnitude from the measured change of the loss to Theorem 1: above 3',
      condition: { above: 3 },
      evidence: samples((outcome) => orders(outcome, 'loss', 'theorem 1')),
      proxy: true,
    }),
    judgeInterval({
      claim: 'The coherence term only plays a strong role where α is close to 1, and α is far from that',
      expected: 'orders of magnitude that √(1 − α) takes off at the largest α of a run: below 0.3',
      condition: { below: 0.3 },
      evidence: samples(({ mostAlpha }) => -Math.log10(1 - mostAlpha) / 2),
      proxy: true,
    }),
    judgeInterval({
      claim:
        'Nearly all is given away by the expansion: each step is taken to drive twins apart as the worst direction would',
      expected: 'share of these orders that the growth by 1 + ηβ gives away: above 0.5',
      condition: { above: 0.5 },
      evidence: samples((outcome) => orders(outcome, 'distance', 'growth') / orders(outcome, 'loss', 'theorem 1')),
      proxy: true,
      note: 'Ours; the paper doesn’t say which step is to blame.',
    }),
    judgeInterval({
      claim: 'Where gradients are more coherent, twins drift less far apart',
      expected: 'rank correlation of mean α and mean distance at the end, across noise and seeds: below 0',
      condition: { below: 0 },
      evidence: predicted && { interval: predicted },
      proxy: true,
      ...(early === undefined
        ? {}
        : { note: `With α at the first weights it is ${withMinus(early.estimate.toFixed(2))}.` }),
    }),
  ]
}
