import { canonicalJson } from '@coherent-gradients/runlog'
import type { RunSpec } from '../run-spec.ts'

/** Specs of one kind cost the same: they differ only in what is drawn, in noise, learning rates and numbers of steps. */
export function kindOfSpec(spec: RunSpec): string {
  const { arm: _arm, seed: _seed, ...rest } = spec
  if (rest.task !== undefined) return canonicalJson(rest)
  const { data, training, measure, ...others } = rest
  const { noise: _noise, ...ofData } = data
  const { steps: _steps, learningRate: _rate, ...ofTraining } = training
  const { examples, splits, populations, imputation } = measure
  return canonicalJson({
    ...others,
    data: ofData,
    training: ofTraining,
    measure: { examples, splits, populations, ...(imputation === undefined ? {} : { imputation }) },
  })
}
