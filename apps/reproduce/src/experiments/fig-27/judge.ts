import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { lateAccuracy } from '../fig-4/accuracy.ts'
import { pairsOf, type Pair } from '../m3/pairs.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { percent, points } from '../words.ts'
import { fallOf } from './fall-of.ts'

/** What the median prevents is asked where the mean memorises: at least this share of the wrong labels. */
const MEMORISES = 0.5
/** A fall that isn't the wobble of a run. */
const FALL = 0.05
/** What a wrong learning rate costs at least, for the choice to matter. */
const MATTERS = 0.05

/** The pairs of one seed. */
interface Sweep {
  readonly seed: number
  readonly pairs: readonly Pair[]
}

/** What §7 says of M3's hyper-parameters. A seed is judged when all its runs are finished. */
export function judgeRates(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsOf(results)
  const seeds = [...new Set(pairs.map(({ seed }) => seed))]
  const sweeps = seeds.map((seed): Sweep => ({ seed, pairs: pairs.filter((pair) => pair.seed === seed) }))
  const full = Math.max(0, ...sweeps.map((sweep) => sweep.pairs.length))
  const whole = sweeps.filter((sweep) => sweep.pairs.length === full)
  const proxy = true
  return [
    judgeInterval({
      claim: 'The larger the micro-batch, the less effective is the median in suppressing weak directions',
      expected:
        `share of the wrong labels fitted by A3 that M3 doesn’t fit, mean over learning rates where A3 fits ${100 * MEMORISES}%: ` +
        'at the smallest micro-batch less at the largest that has such, above 0',
      condition: { above: 0 },
      evidence: overSeeds(whole, (sweep) => {
        const prevented = preventedBySize(sweep)
        return prevented.length < 2 ? Number.NaN : prevented[0]!.share - prevented.at(-1)!.share
      }),
      words: points,
      proxy,
      ...noteBySeed(whole, (sweep) =>
        preventedBySize(sweep)
          .map(({ size, share }) => `${percent(share)} at micro-batch ${size}`)
          .join(', '),
      ),
    }),
    judgeInterval({
      claim: 'At some learning rates training by M3 is unstable',
      expected: `at some micro-batch and learning rate training accuracy ends more than ${100 * FALL} points below its peak`,
      condition: { above: FALL },
      evidence: overSeeds(whole, (sweep) => fallOf(farthest(sweep, 'm3').m3)),
      words: points,
      proxy,
      ...noteBySeed(whole, (sweep) => `M3 ${fallInWords(sweep, 'm3')}; A3 ${fallInWords(sweep, 'a3')}`),
    }),
    judgeInterval({
      claim: 'The learning rate has to be set in conjunction with the micro-batch',
      expected:
        'test accuracy of M3 that the best learning rate for all micro-batches loses at one of them, against that one’s ' +
        `own best, above ${100 * MATTERS} points`,
      condition: { above: MATTERS },
      evidence: overSeeds(whole, regret),
      words: points,
      proxy,
      ...noteBySeed(whole, (sweep) =>
        sizesOf(sweep)
          .map((size) => `best at micro-batch ${size}: ${best(sweep, size).learningRate}`)
          .join(', '),
      ),
    }),
  ]
}

const sizesOf = ({ pairs }: Sweep): readonly number[] =>
  [...new Set(pairs.map(({ microBatch }) => microBatch))].toSorted((a, b) => a - b)

/** What the median keeps from being memorised, at the micro-batches where the mean memorises at some learning rate. */
function preventedBySize(sweep: Sweep): readonly { readonly size: number; readonly share: number }[] {
  const wrong = (run: RunResult): number => lateAccuracy(run, 'train', 'corrupt')
  return sizesOf(sweep).flatMap((size) => {
    const own = sweep.pairs.filter(({ microBatch, a3 }) => microBatch === size && wrong(a3) >= MEMORISES)
    if (own.length === 0) return []
    return [{ size, share: own.reduce((sum, { m3, a3 }) => sum + 1 - wrong(m3) / wrong(a3), 0) / own.length }]
  })
}

function farthest({ pairs }: Sweep, rule: 'm3' | 'a3'): Pair {
  return pairs.reduce((most, pair) => (fallOf(pair[rule]) > fallOf(most[rule]) ? pair : most))
}

function fallInWords(sweep: Sweep, rule: 'm3' | 'a3'): string {
  const pair = farthest(sweep, rule)
  return `${points(fallOf(pair[rule]))} at micro-batch ${pair.microBatch}, learning rate ${pair.learningRate}`
}

const tested = ({ m3 }: Pair): number => lateAccuracy(m3, 'test')

function best({ pairs }: Sweep, size: number): Pair {
  const own = pairs.filter(({ microBatch }) => microBatch === size)
  return own.reduce((most, pair) => (tested(pair) > tested(most) ? pair : most))
}

/** Over learning rates the least, of the most that one loses at some micro-batch. */
function regret(sweep: Sweep): number {
  const rates = [...new Set(sweep.pairs.map(({ learningRate }) => learningRate))]
  const losses = rates.map((rate) =>
    Math.max(
      ...sweep.pairs
        .filter(({ learningRate }) => learningRate === rate)
        .map((pair) => tested(best(sweep, pair.microBatch)) - tested(pair)),
    ),
  )
  return Math.min(...losses)
}
