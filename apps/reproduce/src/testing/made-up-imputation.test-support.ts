import type { ImputationRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { madeUpRun } from './made-up-run.test-support.ts'

/** What imputation makes of K batches of k, as factors of the direct m·α, and the share of intervals that hold it. */
export interface MadeUpImputation {
  readonly plain: (batches: number) => number
  readonly corrected: (batches: number) => number
  readonly held: number
  /** The factor by which the imputed m·α is off besides, by k; none unless said. */
  readonly bySize?: (batchSize: number) => number
}

/** A run of the spec with the draws that it asks for: direct α is 0.01, and 0 with random signs. By their own statistics batches of another k may have another. */
export function madeUpImputation(
  spec: TrainingSpec,
  { plain, corrected, held, bySize = () => 1 }: MadeUpImputation,
  done = true,
): RunResult {
  const flat = (): number => 1
  const run = madeUpRun(spec, { loss: flat, mAlpha: flat, trainAccuracy: flat, testAccuracy: flat }, done)
  const { at, batchSizes, batches: counts, statistics } = spec.measure.imputation!
  const populations = statistics === 'both' ? ['moving statistics', 'own statistics'] : ['all', 'random signs']
  const steps = at.flatMap((each) => (each.every === 'listed' ? each.steps : []))
  const draws = 20
  const imputations = steps.flatMap((step) =>
    populations.flatMap((population) =>
      batchSizes.flatMap((batchSize) =>
        counts.flatMap((batches) =>
          Array.from({ length: draws }, (_, draw): ImputationRow => {
            const m = batches * batchSize
            const alphaDirect = population === 'random signs' ? 0 : 0.01
            const direct = 1 + (m - 1) * alphaDirect
            const holds = draw < held * draws
            const interval = holds ? [alphaDirect - 0.1, alphaDirect + 0.1] : [alphaDirect + 0.1, alphaDirect + 0.2]
            return {
              step,
              epoch: step / 10,
              split: 'train',
              population,
              draw,
              batches,
              batchSize,
              alphaDirect,
              alphaOfBatches: 0.5,
              plugIn: (plain(batches) * bySize(batchSize) * direct) / m,
              alphaDebiased: (corrected(batches) * bySize(batchSize) * direct - 1) / (m - 1),
              low: batches < 3 ? null : interval[0]!,
              high: batches < 3 ? null : interval[1]!,
              elapsedMs: 0,
            }
          }),
        ),
      ),
    ),
  )
  return { ...run, imputations }
}
