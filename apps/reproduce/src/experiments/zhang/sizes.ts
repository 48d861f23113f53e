import type { Scale } from '../../experiment.ts'
import type { NoiseSpec } from '../../run-spec.ts'
import type { PlainTraining } from '../plain-training.ts'

/** Data of one kind, by the name that tables give it. */
export interface Condition {
  readonly name: string
  readonly noise: NoiseSpec
  /** λ, where the network is trained with weight decay. */
  readonly weightDecay?: number
}

/** λ of the runs with weight decay: so much that weights would halve within about a thousand steps of rate 0.1. */
export const WEIGHT_DECAY = 0.005

const labels = (fraction: number): NoiseSpec => ({ kind: 'labels', scheme: 'bernoulli', fraction })
const drawnAnew = (fraction: number): Condition => ({
  name: `${100 * fraction}% of labels random`,
  noise: labels(fraction),
})

const trueLabels: Condition = { name: 'true labels', noise: { kind: 'none' } }
const randomLabels: Condition = { name: 'random labels', noise: labels(1) }
const decayed = (condition: Condition): Condition => ({
  ...condition,
  name: `${condition.name}, weight decay`,
  weightDecay: WEIGHT_DECAY,
})

/** From the true labels to images that are nothing but noise, in the order of Zhang et al.; then with weight decay. */
export const conditions: readonly Condition[] = [
  trueLabels,
  drawnAnew(0.25),
  drawnAnew(0.5),
  drawnAnew(0.75),
  randomLabels,
  { name: 'shuffled pixels', noise: { kind: 'shuffled-pixels', fraction: 1 } },
  { name: 'random pixels', noise: { kind: 'random-pixels', fraction: 1 } },
  { name: 'gaussian', noise: { kind: 'gaussian-images', fraction: 1 } },
  decayed(trueLabels),
  decayed(randomLabels),
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
    steps: 8000,
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
