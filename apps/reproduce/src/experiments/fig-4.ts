import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { drawByPopulation } from './fig-4/draw-by-population.ts'
import { drawWinsorizedSgd } from './fig-4/draw.ts'
import { judgeWinsorizedSgd } from './fig-4/judge.ts'

/** Settings that differ between scales. */
interface Size {
  /** Levels of winsorization: percent of a batch clipped on each side. */
  readonly levels: readonly number[]
  /** Shares of the training labels that are drawn anew. */
  readonly noises: readonly number[]
  /** Training examples; all of them when absent. */
  readonly examples?: number
  readonly test?: number
  readonly hidden: readonly number[]
  readonly steps: number
  readonly evaluateEvery: number
}

const levels = [0, 1, 2, 4, 8]
const noises = [0, 0.25, 0.5, 0.75, 1]

const sizes: Readonly<Record<Scale, Size>> = {
  smoke: {
    levels: [0, 2, 8],
    noises: [0, 0.5, 1],
    examples: 300,
    test: 1000,
    hidden: [32, 32],
    steps: 300,
    evaluateEvery: 15,
  },
  desk: { levels, noises, examples: 3000, hidden: [64, 64, 64], steps: 4500, evaluateEvery: 60 },
  paper: { levels, noises, hidden: [256, 256, 256], steps: 60_000, evaluateEvery: 600 },
}

/** Winsorized SGD against label noise: Figure 4 of the paper. */
export const fig4: Experiment = {
  id: 'fig-4',
  figure: 'Figure 4',
  title: 'Clipping the extremes of the gradients: the network learns what examples share and memorises less',
  claim:
    'Weak gradient directions, which few examples support, are what memorising needs: the more of the per-example ' +
    'gradients’ extremes are clipped, the less the network overfits and the fewer wrong labels it fits.',
  scales: {
    smoke: { what: '9 of the 25 runs: 300 MNIST images, 2 × 32 ReLU, 300 steps', cost: 'about half a minute' },
    desk: { what: '25 runs: 3,000 MNIST images, 3 × 64 ReLU, 4,500 steps', cost: 'about 10 minutes' },
    paper: { what: '25 runs: all of MNIST, 3 × 256 ReLU, 60,000 steps, as the paper', cost: 'a day to two' },
  },
  settings: { seeds: ['1', '3'] },
  plan(scale, settings) {
    const size = sizes[scale]
    const seeds = Array.from({ length: Number(settings['seeds'] ?? '1') }, (_, i) => i + 1)
    return seeds.flatMap((seed) =>
      size.levels.flatMap((level) => size.noises.map((noise) => specOf(size, seed, level, noise))),
    )
  },
  ownArm: ({ data: { noise } }, rule) => `${rule} noise=${noise.kind === 'labels' ? 100 * noise.fraction : 0}%`,
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawWinsorizedSgd(present), drawByPopulation(present)]
  },
  judge: judgeWinsorizedSgd,
}

function specOf(size: Size, seed: number, level: number, noise: number): TrainingSpec {
  const { examples, test, hidden, steps, evaluateEvery } = size
  return {
    experiment: 'fig-4',
    arm: `c=${level} noise=${100 * noise}%`,
    seed,
    engine: 'wasm',
    data: {
      dataset: 'mnist',
      ...(examples === undefined ? {} : { train: examples }),
      ...(test === undefined ? {} : { test }),
      noise: noise === 0 ? { kind: 'none' } : { kind: 'labels', scheme: 'exact', fraction: noise },
      noisyTest: false,
    },
    model: { kind: 'mlp', hidden },
    training: {
      steps,
      batchSize: 100,
      learningRate: 0.1,
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
