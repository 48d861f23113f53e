import type { NetworkSpec } from '../../specs/network-spec.ts'
import type { TrainingSpec } from '../../run-spec.ts'
import { rules, type RuleName } from './rules.ts'

/** What runs by M3 and by A3 have in common. */
export interface Setting {
  readonly dataset: string
  /** Examples; all of them when absent. */
  readonly train?: number
  readonly test?: number
  readonly model: NetworkSpec
  /** Examples in each of the 3 micro-batches that make a step. */
  readonly microBatch: number
  readonly learningRate: number
  readonly steps: number
  readonly evaluateEvery: number
}

/** A run by one of the two rules. `arm` names the setting; the rule is put behind it. */
export function specOf(
  experiment: string,
  arm: string,
  rule: RuleName,
  seed: number,
  setting: Setting,
  noise: Pick<TrainingSpec['data'], 'noise' | 'noisyTest'>,
): TrainingSpec {
  const { dataset, train, test, model, microBatch, learningRate, steps, evaluateEvery } = setting
  return {
    experiment,
    arm: `${arm} ${rule}`,
    seed,
    engine: 'wasm',
    data: { dataset, ...(train === undefined ? {} : { train }), ...(test === undefined ? {} : { test }), ...noise },
    model,
    training: { steps, batchSize: 3 * microBatch, learningRate, aggregator: rules[rule], stopWhenFitted: false },
    measure: {
      evaluate: [{ every: 'steps', n: evaluateEvery }],
      coherence: [],
      examples: 0,
      splits: [],
      populations: 'all',
    },
  }
}
