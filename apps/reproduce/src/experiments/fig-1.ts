import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import type { TrainingSpec } from '../run-spec.ts'
import { drawRealAgainstRandom } from './fig-1/draw.ts'
import { drawLayers } from './fig-1/draw-layers.ts'
import { judgeRealAgainstRandom } from './fig-1/judge.ts'
import { randomImages, randomLabels, realData, type NoiseArm } from './noise-arms.ts'
import { seedsOf } from './seeds-of.ts'

/** Early steps at which every arm is measured, so that the two can be compared within seconds. */
const FIRST_LOOKS: readonly number[] = [10, 20]

/** Settings that differ between scales. */
interface Size {
  readonly examples: number
  readonly test: number
  readonly hidden: readonly number[]
  readonly batchSize: number
  readonly learningRate: number
  readonly steps: number
  readonly measured: number
  readonly evaluateEvery: number
  /** Steps between measurements of coherence, besides those at every fall of the loss. */
  readonly measureEvery: number
}

const sizes: Readonly<Partial<Record<Scale, Size>>> = {
  smoke: {
    examples: 300,
    test: 300,
    hidden: [64, 64],
    batchSize: 50,
    learningRate: 0.05,
    steps: 240,
    measured: 300,
    evaluateEvery: 20,
    measureEvery: 20,
  },
  desk: {
    examples: 2000,
    test: 10_000,
    hidden: [256, 256, 256],
    batchSize: 100,
    learningRate: 0.02,
    steps: 5000,
    measured: 2000,
    evaluateEvery: 100,
    measureEvery: 60,
  },
}

/** Real data against random data: Figure 1 of the paper, on MNIST. */
export const fig1: Experiment = {
  id: 'fig-1',
  figure: 'Figure 1',
  title: 'Real against random: the same network learns the one and memorises the other',
  claim:
    'A network that can fit random data generalises on real data because real examples help each other: ' +
    'm·α is several times higher on real data than on random data, which stays near the orthogonal limit.',
  paper: 'ResNet-50 on ImageNet, SGD without momentum, batch 4,096, learning rate 0.5, m = 50,000',
  more: 'when-alpha-misleads.md',
  scales: {
    smoke: { what: '300 MNIST images, 2 × 64 ReLU, 240 steps', cost: 'about 5 seconds' },
    desk: { what: '2,000 MNIST images, 3 × 256 ReLU, until every image is fitted', cost: 'under 2 minutes' },
  },
  compared: ['real', 'random'],
  settings: { random: ['images', 'labels'], seeds: ['1', '3'], 'learning-rate': ['usual', '0.1'] },
  plan(scale, settings) {
    const usual = sizes[scale]
    if (!usual) return []
    const rate = settings['learning-rate'] ?? 'usual'
    const size = rate === 'usual' ? usual : { ...usual, learningRate: Number(rate) }
    const random = settings['random'] === 'labels' ? randomLabels : randomImages
    return seedsOf(settings, 1).flatMap((seed) => [realData, random].map((arm) => specOf(size, seed, arm)))
  },
  draw: (results) => {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [drawRealAgainstRandom(present), drawLayers(present)]
  },
  judge: judgeRealAgainstRandom,
}

function specOf(size: Size, seed: number, { arm, data }: NoiseArm): TrainingSpec {
  return {
    experiment: 'fig-1',
    arm,
    seed,
    engine: 'wasm',
    data: { dataset: 'mnist', train: size.examples, test: size.test, ...data },
    model: { kind: 'mlp', hidden: size.hidden },
    training: {
      steps: size.steps,
      batchSize: size.batchSize,
      learningRate: size.learningRate,
      aggregator: { rule: 'mean' },
      stopWhenFitted: true,
    },
    measure: {
      evaluate: [{ every: 'steps', n: size.evaluateEvery }],
      coherence: [
        { every: 'fall', fraction: 0.01 },
        { every: 'steps', n: size.measureEvery },
        { every: 'listed', steps: FIRST_LOOKS },
      ],
      examples: size.measured,
      splits: ['train', 'test'],
      populations: 'all',
    },
  }
}
