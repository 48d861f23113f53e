import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval } from '../../verdict/judge-interval.ts'
import { finished } from '../finished.ts'
import { geometricMean } from '../../statistics/geometric-mean.ts'
import { isProxy } from '../is-proxy.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { overSeeds } from '../over-seeds.ts'
import { pairsBySeed } from '../pairs-by-seed.ts'
import { settledCoherence } from '../settled-coherence.ts'
import { TRANSIENT } from '../transient.ts'
import { asRatio, percent } from '../words.ts'
import { withMinus } from '../../text/with-minus.ts'

/** "Very high": so many times the orthogonal limit and more. */
const VERY_HIGH = 10
/** And so many times what it settles to. */
const SEVERAL = 3
/** "In concert": the test loss falls by at least this share of what the training loss falls by. */
const IN_CONCERT = 0.5

/** The claims of footnote 19 about Figure 16. */
export function judgeFirstSteps(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const pairs = pairsBySeed(finished(results))
  const proxy = isProxy(results)
  return [
    judgeInterval({
      claim: 'In the first few steps coherence can be very high even on random images',
      expected: `highest m·α on random images up to step ${TRANSIENT}, above ${VERY_HIGH}`,
      condition: { above: VERY_HIGH },
      evidence: overSeeds(pairs, ({ random }) => highest(random).mAlpha),
      proxy,
      ...noteBySeed(pairs, ({ real, random }) => `random ${peakInWords(random)}, real ${peakInWords(real)}`),
    }),
    judgeInterval({
      claim: 'That is a transient of the first few steps',
      expected: `highest m·α on random images up to step ${TRANSIENT} over the geometric mean after it, above ${SEVERAL}`,
      condition: { above: SEVERAL },
      evidence: overSeeds(
        pairs,
        ({ random }) => highest(random).mAlpha / geometricMean(settledCoherence(random).map((row) => row.mAlpha)),
      ),
      ...asRatio,
      proxy,
    }),
    ...(['random', 'real'] as const).map((arm) =>
      judgeInterval({
        claim: `In these steps the test loss falls in concert with the training loss on ${arm} images`,
        expected: `fall of the test loss while m·α is more than twice what it settles to, as a share of the training loss’s, above ${percent(IN_CONCERT)}`,
        condition: { above: IN_CONCERT },
        evidence: overSeeds(pairs, (pair) => fall(pair[arm], 'test') / fall(pair[arm], 'train')),
        words: percent,
        proxy,
        ...noteBySeed(
          pairs,
          (pair) =>
            `up to step ${endOfTransient(pair[arm])} the training loss falls by ${signed(fall(pair[arm], 'train'))}, the test loss by ${signed(fall(pair[arm], 'test'))}`,
        ),
      }),
    ),
  ]
}

function highest(run: RunResult): RunResult['coherence'][number] | { readonly step: number; readonly mAlpha: number } {
  const none = { step: Number.NaN, mAlpha: Number.NaN }
  return trainCoherence(run)
    .filter((row) => row.step <= TRANSIENT)
    .reduce((best, row) => (row.mAlpha <= best.mAlpha ? best : row), none)
}

const trainCoherence = (run: RunResult): RunResult['coherence'] =>
  run.coherence.filter((row) => row.scope === 'all' && row.population === 'all' && row.split === 'train')

const peakInWords = (run: RunResult): string => `${highest(run).mAlpha.toFixed(1)} at step ${highest(run).step}`
const signed = (x: number): string => withMinus(x.toFixed(3))

/**
 * The end of the transient: the first step after the highest coherence at which it is within a factor of two of what it
 * settles to.
 */
function endOfTransient(run: RunResult): number {
  const settled = geometricMean(settledCoherence(run).map((row) => row.mAlpha))
  return trainCoherence(run).find((row) => row.step > highest(run).step && row.mAlpha <= 2 * settled)?.step ?? TRANSIENT
}

/** By how much a loss falls in the transient, at least its first step. */
function fall(run: RunResult, split: 'train' | 'test'): number {
  const rows = run.evaluations.filter((row) => row.split === split && row.population === 'all')
  const start = rows.find((row) => row.step === 0)
  const end = rows.find((row) => row.step >= endOfTransient(run))
  return (start?.loss ?? Number.NaN) - (end?.loss ?? Number.NaN)
}
