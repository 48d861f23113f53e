import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'

/** A curve over training: what a quantity is at a share t ∈ [0, 1] of the run. */
export type Curve = (t: number) => number

export interface MadeUpCurves {
  readonly loss: Curve
  readonly mAlpha: Curve
  readonly trainAccuracy: Curve
  readonly testAccuracy: Curve
}

/** A finished run of a spec whose tables follow the curves, measured at 60 points. */
export function madeUpRun(spec: TrainingSpec, curves: MadeUpCurves, done: boolean = true): RunResult {
  const points = 60
  const last = 1200
  const at = Array.from({ length: points + 1 }, (_, i) => ({ t: i / points, step: Math.round((last * i) / points) }))
  const clock = { elapsedMs: 0 }
  const examples = { train: spec.data.train ?? 60_000, test: spec.data.test ?? 10_000 }
  return {
    id: `made-up-${spec.arm}-${spec.seed}`,
    directory: `runs/${spec.arm}`,
    spec,
    done,
    steps: at.map(({ t, step }) => ({
      step,
      epoch: step / 20,
      loss: curves.loss(t),
      accuracy: curves.trainAccuracy(t),
      learningRate: spec.training.learningRate,
      ...clock,
    })),
    evaluations: at.flatMap(({ t, step }) =>
      (['train', 'test'] as const).map((split) => ({
        step,
        epoch: step / 20,
        split,
        population: 'all',
        examples: examples[split],
        loss: curves.loss(t),
        accuracy: split === 'train' ? curves.trainAccuracy(t) : curves.testAccuracy(t),
        ...clock,
      })),
    ),
    imputations: [],
    quantities: [],
    coherence: at.flatMap(({ t, step }) =>
      (['train', 'test'] as const).flatMap((split) =>
        ['all', 'layer:dense_1', 'layer:dense_2'].map((scope) => {
          const m = spec.measure.examples
          const mAlpha = curves.mAlpha(t)
          return {
            step,
            epoch: step / 20,
            split,
            scope,
            population: 'all',
            loss: curves.loss(t),
            m,
            alpha: mAlpha / m,
            alphaDebiased: (mAlpha - 1) / (m - 1),
            mAlpha,
            standardError: null,
            meanSquaredNorm: 1,
            squaredNormOfMean: mAlpha / m,
            imputed: false,
            ...clock,
          }
        }),
      ),
    ),
  }
}
