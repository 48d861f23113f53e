import type { ImputationRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { corrected, draws, holds, plain, valuesOf, type Population } from './cells.ts'
import { farthest, ratio } from './ratio.ts'
import { mean } from '../../statistics/mean.ts'
import { percent } from '../words.ts'

/** "Too high": at least this many times as high. */
const TOO_HIGH = 1.5
/** "The same": apart by less than this factor. */
const SAME = 1.2
/** "About as often as it says", of 95% intervals from few batches. */
const USUALLY = 0.88

const times = (x: number): string => `${x.toFixed(2)}×`

/** The claims of Appendix D, where α can be measured both ways. Runs that aren't finished are left out. */
export function judgeImputation(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const done = results.filter((result): result is RunResult => result?.done === true && result.imputations.length > 0)
  const counts = valuesOf(done, 'batches')
  const [fewest, most] = [counts[0] ?? 0, counts.at(-1) ?? 0]
  const noteOf = (words: (run: RunResult) => string): { readonly note?: string } =>
    done.length === 0 ? {} : { note: done.map((run) => `Seed ${run.spec.seed}: ${words(run)}.`).join(' ') }
  const proxy = true
  return [
    judgeInterval({
      claim: 'Imputed plainly from few batches, coherence is too high',
      expected: `at K = ${fewest}, plain over direct m·α, geometric mean over steps and k, above ${TOO_HIGH}`,
      condition: { above: TOO_HIGH },
      evidence: over(done, (run) => ratio(run, 'all', plain, fewest)),
      words: times,
      proxy,
      ...noteOf((run) => `by K ${byCount(run, 'all', plain)}`),
    }),
    judgeInterval({
      claim: 'Even where gradients share nothing, few batches seem coherent',
      expected: `random signs, at K = ${fewest}, plain m·α, geometric mean over steps and k, above ${TOO_HIGH}`,
      condition: { above: TOO_HIGH },
      evidence: over(done, (run) => ratio(run, 'random signs', plain, fewest)),
      words: times,
      proxy,
      ...noteOf((run) => `by K ${byCount(run, 'random signs', plain)}`),
    }),
    judgeInterval({
      claim: 'From many batches the plain formula is right',
      expected: `at K = ${most}, plain over direct m·α, geometric mean over steps and k, within ${times(1 / SAME)} to ${times(SAME)}`,
      condition: { within: [1 / SAME, SAME] },
      evidence: over(done, (run) => ratio(run, 'all', plain, most)),
      words: times,
      proxy,
    }),
    judgeInterval({
      claim: 'Corrected, it is right from few batches as well',
      expected: `corrected over direct m·α, geometric mean over steps and k, at the K where it is farthest off, either way by a factor below ${SAME}`,
      condition: { below: SAME },
      evidence: over(done, (run) => farthest(counts.map((batches) => ratio(run, 'all', corrected, batches)))),
      words: times,
      proxy,
      ...noteOf((run) => `by K ${byCount(run, 'all', corrected)}`),
    }),
    judgeInterval({
      claim: 'The corrected estimate agrees with the direct one within its interval',
      expected: `more than ${percent(USUALLY)} of the 95% intervals hold the direct α`,
      condition: { above: USUALLY },
      evidence: over(done, (run) => share(run, 'all')),
      words: percent,
      proxy,
    }),
    judgeInterval({
      claim: 'Corrected, gradients that share nothing are at the orthogonal limit',
      expected: `random signs, corrected m·α, geometric mean over steps and k, at the K where it is farthest from 1, either way by a factor below ${SAME}`,
      condition: { below: SAME },
      evidence: over(done, (run) => farthest(counts.map((batches) => ratio(run, 'random signs', corrected, batches)))),
      words: times,
      proxy,
      ...noteOf(
        (run) =>
          `by K ${byCount(run, 'random signs', corrected)}; ${percent(share(run, 'random signs'))} of the intervals hold 0`,
      ),
    }),
  ]
}

function over(runs: readonly RunResult[], measure: (run: RunResult) => number): Evidence {
  return { samples: runs.map(measure) }
}

function share(run: RunResult, population: Population): number {
  const held = draws(run, { population }).flatMap((row) => holds(row) ?? [])
  return mean(held.map(Number))
}

function byCount(run: RunResult, population: Population, of: (row: ImputationRow) => number): string {
  return valuesOf([run], 'batches')
    .map((batches) => `${batches} ${times(ratio(run, population, of, batches))}`)
    .join(', ')
}
