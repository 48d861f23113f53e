import type { RunResult } from '../../run-result.ts'
import type { Verdict } from '../../verdict.ts'
import { judgeInterval, type Evidence } from '../../verdict/judge-interval.ts'
import { cells, corrected, draws, plain, valuesOf } from '../calibration/cells.ts'
import { farthest, ratio } from '../calibration/ratio.ts'
import { noteBySeed } from '../note-by-seed.ts'
import { asRatio } from '../words.ts'
import { mean } from '../../statistics/mean.ts'

/** "The same": apart by less than this factor. */
const SAME = 1.2
/** "Too high": at least this many times as high. */
const TOO_HIGH = 1.3

const times = (x: number): string => `${x.toFixed(2)}×`

/** Whether imputation holds with batch normalisation, where there is something to hold it against. Unfinished runs are left out. */
export function judgeStatistics(results: readonly (RunResult | undefined)[]): readonly Verdict[] {
  const done = results.filter((result): result is RunResult => result?.done === true && result.imputations.length > 0)
  const counts = valuesOf(done, 'batches')
  const sizes = valuesOf(done, 'batchSize')
  const [fewest, most] = [counts[0] ?? 0, counts.at(-1) ?? 0]
  const over = (measure: (run: RunResult) => number): Evidence =>
    done.length === 0 ? undefined : { samples: done.map(measure) }
  const bySeed = (words: (run: RunResult) => string): { readonly note?: string } =>
    noteBySeed(
      done.map((run) => ({ seed: run.spec.seed, run })),
      ({ run }) => words(run),
    )
  const proxy = true
  return [
    judgeInterval({
      claim: 'By moving statistics, where each example has a gradient, the imputed α is the direct one',
      expected: `corrected over direct m·α, geometric mean over steps and k, at the K where it is farthest off, either way by a factor below ${SAME}`,
      condition: { below: SAME },
      evidence: over((run) => farthest(counts.map((batches) => ratio(run, 'moving statistics', corrected, batches)))),
      ...asRatio,
      words: times,
      proxy,
    }),
    judgeInterval({
      claim: 'Imputed plainly from few batches, coherence is too high with batch normalisation too',
      expected: `by the batches’ own statistics, at K = ${fewest}, plain over corrected m·α, geometric mean over steps and k, above ${TOO_HIGH}`,
      condition: { above: TOO_HIGH },
      evidence: over(
        (run) => ratio(run, 'own statistics', plain, fewest) / ratio(run, 'own statistics', corrected, fewest),
      ),
      ...asRatio,
      words: times,
      proxy,
    }),
    judgeInterval({
      claim: 'By the batches’ own statistics, α imputed from many batches is that of examples by frozen statistics',
      expected: `at K = ${most}, corrected over direct m·α, geometric mean over steps and k, within ${times(1 / SAME)} to ${times(SAME)}`,
      condition: { within: [1 / SAME, SAME] },
      evidence: over((run) => ratio(run, 'own statistics', corrected, most)),
      ...asRatio,
      words: times,
      explanation:
        'By the batch’s own statistics the loss does not change with the scale of the weights before a normalisation, so a ' +
        'gradient has no part along them. Held constant, statistics leave that part in, and what it asks for is common to ' +
        'all examples. Coherence of the held-constant gradients without their part along the weights would settle it.',
      proxy,
      ...bySeed(
        (run) =>
          `by k ${sizes.map((k) => `${k} ${times(ratio(run, 'own statistics', corrected, most, k))}`).join(', ')}`,
      ),
    }),
    judgeInterval({
      claim: 'α imputed by the batches’ own statistics doesn’t depend on how large they are',
      expected: `from K = ${most} batches, imputed α at the largest k over that at the smallest, geometric mean over steps, within ${times(1 / SAME)} to ${times(SAME)}`,
      condition: { within: [1 / SAME, SAME] },
      evidence: over((run) => alphaAt(run, most, sizes.at(-1)!) / alphaAt(run, most, sizes[0]!)),
      ...asRatio,
      words: times,
      proxy,
    }),
  ]
}

/** Geometric mean over steps of the imputed α, each a mean over draws; what isn't above 0 counts as a millionth. */
function alphaAt(run: RunResult, batches: number, batchSize: number): number {
  const byStep = cells(draws(run, { population: 'own statistics', batches, batchSize }))
  const means = byStep.map((rows) => Math.max(1e-6, mean(rows.map(({ alphaDebiased }) => alphaDebiased))))
  return Math.exp(mean(means.map(Math.log)))
}
