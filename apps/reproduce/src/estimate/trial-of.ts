import type { RunSpec } from '../run-spec.ts'

/** So many that a checkpoint is among them. */
const TRIAL_STEPS = 22

/**
 * What is really run to learn what a run costs: a training cut to a few steps that measures everything once; anything
 * else as it is, for as long as there is time.
 */
export function trialOf(spec: RunSpec): RunSpec {
  if (spec.task !== undefined) return spec
  const { training, measure } = spec
  const once = (asked: readonly unknown[], step: number): readonly { every: 'listed'; steps: readonly number[] }[] =>
    asked.length === 0 ? [] : [{ every: 'listed', steps: [step] }]
  return {
    ...spec,
    training: { ...training, steps: Math.min(TRIAL_STEPS, training.steps), stopWhenFitted: false },
    measure: {
      ...measure,
      evaluate: once(measure.evaluate, 1),
      coherence: once(measure.coherence, 2),
      ...(measure.imputation === undefined
        ? {}
        : { imputation: { ...measure.imputation, at: once(measure.imputation.at, 2) } }),
    },
  }
}
