import type { TrainingSpec } from '../../run-spec.ts'

/** Winsorization by noise: what is trained on, and how long. */
export interface Grid {
  /** Levels of winsorization: percent of a batch clipped on each side. */
  readonly levels: readonly number[]
  /** Shares of the training examples that noise is put on. */
  readonly noises: readonly number[]
  /** Training examples; all of them when absent. */
  readonly examples?: number
  readonly test?: number
  readonly hidden: readonly number[]
  readonly batchSize: number
  readonly learningRate: number
  readonly steps: number
  readonly evaluateEvery: number
}

/** What a share of noise does to the data. */
export type NoiseOf = (fraction: number) => Pick<TrainingSpec['data'], 'noise' | 'noisyTest'>

/** The paper's noise: so many labels are drawn anew, none of the test labels. */
export const noisyLabels: NoiseOf = (fraction) => ({
  noise: fraction === 0 ? { kind: 'none' } : { kind: 'labels', scheme: 'exact', fraction },
  noisyTest: false,
})

/** A run for each seed, level and amount of noise, all of them of one network on MNIST. */
export function planGrid(
  experiment: string,
  grid: Grid,
  seeds: readonly number[],
  noiseOf: NoiseOf,
): readonly TrainingSpec[] {
  return seeds.flatMap((seed) =>
    grid.levels.flatMap((level) =>
      grid.noises.map((fraction) => specOf(experiment, grid, seed, level, fraction, noiseOf(fraction))),
    ),
  )
}

function specOf(
  experiment: string,
  { examples, test, hidden, batchSize, learningRate, steps, evaluateEvery }: Grid,
  seed: number,
  level: number,
  fraction: number,
  noise: ReturnType<NoiseOf>,
): TrainingSpec {
  return {
    experiment,
    arm: `c=${level} noise=${100 * fraction}%`,
    seed,
    engine: 'wasm',
    data: {
      dataset: 'mnist',
      ...(examples === undefined ? {} : { train: examples }),
      ...(test === undefined ? {} : { test }),
      ...noise,
    },
    model: { kind: 'mlp', hidden },
    training: {
      steps,
      batchSize,
      learningRate,
      aggregator: { rule: 'winsorized-mean', percent: level },
      stopWhenFitted: false,
    },
    measure: {
      evaluate: [{ every: 'steps', n: evaluateEvery }],
      coherence: [],
      examples: 0,
      splits: [],
      populations: 'all',
    },
  }
}
