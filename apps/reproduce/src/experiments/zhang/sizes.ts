import type { Scale } from '../../experiment.ts'
import type { NoiseSpec, TrainingSpec } from '../../run-spec.ts'
import type { PlainTraining } from '../plain-training.ts'

/** Data of one kind, by the name that tables give it. */
export interface Condition {
  readonly name: string
  readonly noise: NoiseSpec
  /** What the network is regularised by, if by anything. */
  readonly by?: Regulariser
}

/** What is said to keep networks from memorising, each by itself. */
export const regularisers = ['weight decay', 'dropout', 'augmentation'] as const
type Regulariser = (typeof regularisers)[number]

/** λ of the runs with weight decay: so much that weights would halve within about a thousand steps of rate 0.1. */
export const WEIGHT_DECAY = 0.005
/** The share of hidden units that dropout takes from each example at each step. */
export const DROPOUT = 0.5

const labels = (fraction: number): NoiseSpec => ({ kind: 'labels', scheme: 'bernoulli', fraction })
const drawnAnew = (fraction: number): Condition => ({
  name: `${100 * fraction}% of labels random`,
  noise: labels(fraction),
})

const trueLabels: Condition = { name: 'true labels', noise: { kind: 'none' } }
const randomLabels: Condition = { name: 'random labels', noise: labels(1) }

/** What steps see of the images with augmentation: digits moved by up to 2 pixels; photographs by up to 4, and half mirrored. */
export function augmentationOf(dataset: string): NonNullable<TrainingSpec['data']['augment']> {
  return dataset === 'mnist' ? { kind: 'random-shift', pixels: 2 } : { kind: 'random-shift', pixels: 4, flip: true }
}

/** From the true labels to images that are nothing but noise, in the order of Zhang et al.; then regularised. */
export const conditions: readonly Condition[] = [
  trueLabels,
  drawnAnew(0.25),
  drawnAnew(0.5),
  drawnAnew(0.75),
  randomLabels,
  { name: 'shuffled pixels', noise: { kind: 'shuffled-pixels', fraction: 1 } },
  { name: 'random pixels', noise: { kind: 'random-pixels', fraction: 1 } },
  { name: 'gaussian', noise: { kind: 'gaussian-images', fraction: 1 } },
  ...regularisers.flatMap((by) =>
    [trueLabels, randomLabels].map((condition) => ({ ...condition, name: `${condition.name}, ${by}`, by })),
  ),
]

export const sizes: Readonly<Partial<Record<Scale, PlainTraining>>> = {
  smoke: {
    train: 200,
    test: 300,
    model: { kind: 'mlp', hidden: [64] },
    batchSize: 50,
    learningRate: 0.1,
    steps: 600,
    stopWhenFitted: true,
    measured: 200,
    splits: ['train'],
    evaluate: [{ every: 'steps', n: 20 }],
    coherence: [{ every: 'steps', n: 40 }],
  },
  desk: {
    train: 1000,
    test: 2000,
    model: { kind: 'mlp', hidden: [256, 256] },
    batchSize: 50,
    learningRate: 0.1,
    steps: 5000,
    stopWhenFitted: true,
    measured: 500,
    splits: ['train'],
    evaluate: [{ every: 'steps', n: 20 }],
    coherence: [
      { every: 'fall', fraction: 0.05 },
      { every: 'steps', n: 60 },
    ],
  },
}
