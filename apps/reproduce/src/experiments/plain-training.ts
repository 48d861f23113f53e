import type { ScheduleSpec, TrainingSpec } from '../run-spec.ts'
import type { NetworkSpec } from '../specs/network-spec.ts'
import type { NoiseArm } from './noise-arms.ts'

/** What is trained how long, and measured when: the same for all arms and seeds of an experiment. */
export interface PlainTraining {
  /** MNIST unless said. */
  readonly dataset?: string
  /** Every example of the data set where it is left out. */
  readonly train?: number
  readonly test?: number
  readonly model: NetworkSpec
  readonly batchSize: number
  readonly learningRate: number
  readonly steps: number
  /** False unless said. */
  readonly stopWhenFitted?: boolean
  /** m. */
  readonly measured: number
  readonly splits: TrainingSpec['measure']['splits']
  readonly evaluate: readonly ScheduleSpec[]
  readonly coherence: readonly ScheduleSpec[]
}

/** A run of SGD by the mean gradient on one kind of data. */
export function plainTraining(
  experiment: string,
  { arm, data }: NoiseArm,
  seed: number,
  { dataset = 'mnist', train, test, model, stopWhenFitted = false, measured, splits, ...size }: PlainTraining,
): TrainingSpec {
  const { batchSize, learningRate, steps, evaluate, coherence } = size
  return {
    experiment,
    arm,
    seed,
    engine: 'wasm',
    data: {
      dataset,
      ...(train === undefined ? {} : { train }),
      ...(test === undefined ? {} : { test }),
      ...data,
    },
    model,
    training: { steps, batchSize, learningRate, aggregator: { rule: 'mean' }, stopWhenFitted },
    measure: { evaluate, coherence, examples: measured, splits, populations: 'all' },
  }
}
