import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { lateAccuracy, peakAccuracy } from './accuracy.ts'
import { columnsOf, STRONGEST, type Column } from './columns.ts'
import { fallsWithLevel, perSeed, randomAgainstReal, worstMargin } from './evidence.ts'
import { corruptAccuracy, fall, margin, overfit } from './measures.ts'
import { atEqualPristineAccuracy, byLevel, byNoise, slowdowns } from './notes.ts'
import type { Study } from './study.ts'
import { asRatio, asShare, percent, points } from '../words.ts'

/** From this share of noise on the paper's dashed line is below what a network could fit. */
const NOISY = 0.25
/** "Can fall after a certain point": a fall that isn't the wobble of a run. */
const FALL = 0.05

/**
 * The claims of §7 about Figure 4, of a study. A column of the grid (one noise level) is judged when all its runs are finished; all
 * comparisons are at equal steps, "in the end" is the mean over the last tenth of the evaluations.
 */
export function judgeWinsorizedSgd(
  { pristine, corrupt, random: allRandom, plain, isPapersOwn }: Study,
  results: readonly (RunResult | undefined)[],
): readonly Verdict[] {
  const done = results.filter((result): result is RunResult => result?.done === true)
  const columns = columnsOf(done)
  const noisy = columns.filter((column) => column.noise >= NOISY)
  const partly = noisy.filter((column) => column.noise < 1)
  const random = noisy.filter((column) => column.noise === 1)
  const extremes = columns.filter((column) => column.noise === 0 || column.noise === 1)
  const proxy = done.length === 0 || !done.every(isPapersOwn)
  return [
    judgeInterval({
      claim: 'The more is clipped, the less the network overfits',
      expected: 'overfit (training − test accuracy) in the end falls from one c to the next more often than not',
      condition: { above: 0.5 },
      evidence: fallsWithLevel(columns, overfit),
      ...asShare,
      proxy,
      ...noteOf(columns, () => [
        `Overfit in the end by c: ${byLevel(columns, overfit, points)}.`,
        `Test accuracy in the end by c: ${byLevel(columns, (run) => lateAccuracy(run, 'test'), percent)}.`,
      ]),
    }),
    judgeInterval({
      claim: `The more is clipped, the fewer ${corrupt} are fitted`,
      expected: 'accuracy on them in the end falls from one c to the next more often than not',
      condition: { above: 0.5 },
      evidence: fallsWithLevel(noisy, corruptAccuracy),
      ...asShare,
      proxy,
      ...noteOf(noisy, () => [
        `By c: ${byLevel(noisy, corruptAccuracy, percent)}.`,
        ...partly.map((column) => atEqualPristineAccuracy(column, { pristine, corrupt, plain })),
      ]),
    }),
    judgeInterval({
      claim: `At c = ${STRONGEST} training accuracy stays below that of fitting only the ${pristine}`,
      expected: `highest training accuracy minus that of fitting the ${pristine} and nothing else below 0 at the worst noise level from 25% to 75%`,
      condition: { below: 0 },
      evidence: worstMargin(partly),
      words: points,
      proxy,
      explanation: proxy ? fewExamples(done) : undefined,
      ...noteOf(partly, () => [`By noise: ${byNoise(partly, (column) => points(margin(column.strongest)))}.`]),
    }),
    judgeInterval({
      claim: `At c = ${STRONGEST} ${allRandom} stay unfitted too`,
      expected: 'at 100% noise highest training accuracy minus the share of labels that are right by chance below 0',
      condition: { below: 0 },
      evidence: worstMargin(random),
      words: points,
      proxy,
      explanation: proxy ? fewExamples(done) : undefined,
      ...noteOf(random, () => [
        `Highest training accuracy: ${byNoise(random, ({ strongest }) => percent(peakAccuracy(strongest, 'train')))};`,
        `${plain}: ${byNoise(random, (column) => percent(peakAccuracy(column.plain, 'train')))}.`,
      ]),
    }),
    judgeInterval({
      claim: `Fitting ${allRandom} is slowed more than fitting real ones`,
      expected: `number of steps, against that of ${plain}, grows by a larger factor at 100% noise than at none`,
      condition: { above: 1 },
      evidence: randomAgainstReal(columns),
      ...asRatio,
      proxy,
      ...noteOf(extremes, () => extremes.map(slowdowns)),
    }),
    judgeInterval({
      claim: 'With much winsorization training accuracy can fall after a certain point',
      expected: `at c = ${STRONGEST} and some noise level training accuracy ends more than ${100 * FALL} points below its peak`,
      condition: { above: FALL },
      evidence: perSeed(columns, (own) => Math.max(...own.map((column) => fall(column.strongest)))),
      words: points,
      proxy,
      explanation: proxy ? fewSteps(done) : undefined,
      ...noteOf(columns, () => [
        `By noise: ${byNoise(columns, (column) => points(fall(column.strongest)))};`,
        `${plain}: ${byNoise(columns, (column) => points(fall(column.plain)))}.`,
      ]),
    }),
  ]
}

/** The paper's training set, and its steps. */
const PAPERS = 60_000

function fewExamples(runs: readonly RunResult[]): string {
  const most = Math.max(0, ...runs.map(({ spec }) => spec.data.train ?? 0)).toLocaleString('en')
  return (
    `Few examples are easier to memorise than many, as gap-vs-m shows of plain SGD: ${most} here, 60,000 in the paper. As many ` +
    'as the paper’s, for as long, would settle it.'
  )
}

function fewSteps(runs: readonly RunResult[]): string | undefined {
  const most = Math.max(0, ...runs.map(({ spec }) => spec.training.steps))
  if (most >= PAPERS) return undefined
  return (
    `The paper’s runs are 60,000 steps long, these ${most.toLocaleString('en')}: they may end before accuracy begins to fall. ` +
    'More steps would settle it.'
  )
}

/** Built only where there is something to describe. */
function noteOf(columns: readonly Column[], lines: () => readonly string[]): { readonly note?: string } {
  return columns.length === 0 ? {} : { note: lines().join(' ') }
}
