import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { madeUpRun, type Curve } from './made-up-run.test-support.ts'

/** What happens to the examples with right and with wrong labels, along a run. */
export interface NoisyCurves {
  readonly pristine: { readonly accuracy: Curve; readonly mAlpha?: Curve }
  readonly corrupt: { readonly accuracy: Curve; readonly mAlpha?: Curve }
  readonly testAccuracy: Curve
}

const falling: Curve = (t) => Math.log(10) * Math.exp(-5 * t)
const orthogonal: Curve = () => 1

/** A finished run on noisy labels or images: {@link madeUpRun}'s tables with both populations apart, and a row for every step. */
export function madeUpNoisyRun(spec: TrainingSpec, curves: NoisyCurves, done: boolean = true): RunResult {
  const { noise } = spec.data
  const corruptShare = noise.kind === 'none' ? 0 : (noise.kind === 'labels' ? 0.9 : 1) * noise.fraction
  const mixed: Curve = (t) =>
    (1 - corruptShare) * curves.pristine.accuracy(t) + corruptShare * curves.corrupt.accuracy(t)
  const run = madeUpRun(
    spec,
    { loss: falling, mAlpha: orthogonal, trainAccuracy: mixed, testAccuracy: curves.testAccuracy },
    done,
  )
  const last = run.steps.at(-1)!.step
  const populations =
    corruptShare > 0 ? (corruptShare < 1 ? (['pristine', 'corrupt'] as const) : (['corrupt'] as const)) : []
  return {
    ...run,
    steps: Array.from({ length: last }, (_, i) => ({ ...run.steps[0]!, step: i + 1, accuracy: mixed((i + 1) / last) })),
    evaluations: run.evaluations.flatMap((row) => [
      row,
      ...(row.split === 'train' ? populations : []).map((population) => ({
        ...row,
        population,
        examples: Math.round(row.examples * (population === 'corrupt' ? corruptShare : 1 - corruptShare)),
        accuracy: curves[population].accuracy(row.step / last),
      })),
    ]),
    coherence: run.coherence.flatMap((row) => [
      row,
      ...(row.split === 'train' ? populations : []).map((population) => ({
        ...row,
        population,
        mAlpha: (curves[population].mAlpha ?? orthogonal)(row.step / last),
      })),
    ]),
  }
}
