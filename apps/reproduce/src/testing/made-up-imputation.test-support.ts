import type { ImputationRow } from '@coherent-gradients/runlog'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { madeUpRun } from './made-up-run.test-support.ts'

/** What imputation makes of K batches of k, as factors of the direct m·α, and the share of intervals that hold it. */
export interface MadeUpImputation {
  readonly plain: (batches: number) => number
  readonly corrected: (batches: number) => number
  readonly held: number
}

/** A run of the spec with the draws that it asks for: direct α is 0.01, and 0 with random signs. */
export function madeUpImputation(
  spec: TrainingSpec,
  { plain, corrected, held }: MadeUpImputation,
  done = true,
): RunResult {
  const flat = (): number => 1
  const run = madeUpRun(spec, { loss: flat, mAlpha: flat, trainAccuracy: flat, testAccuracy: flat }, done)
  const { at, batchSizes, batches: counts } = spec.measure.imputation!
  const steps = at.flatMap((each) => (each.every === 'listed' ? each.steps : []))
  const draws = 20
  const imputations = steps.flatMap((step) =>
    (['all', 'random signs'] as const).flatMap((population) =>
      batchSizes.flatMap((batchSize) =>
        counts.flatMap((batches) =>
          Array.from({ length: draws }, (_, draw): ImputationRow => {
            const m = batches * batchSize
            const alphaDirect = population === 'all' ? 0.01 : 0
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
              plugIn: (plain(batches) * direct) / m,
              alphaDebiased: (corrected(batches) * direct - 1) / (m - 1),
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
