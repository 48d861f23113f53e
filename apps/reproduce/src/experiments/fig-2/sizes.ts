import type { Scale } from '../../experiment.ts'
import type { TrainingSpec } from '../../run-spec.ts'
import { randomImages, realData } from '../noise-arms.ts'
import { plainTraining, type PlainTraining } from '../plain-training.ts'
import { seedsAt } from '../seeds-at.ts'

/** AlexNet on real and on random data, for Figures 2, 3 and 19. */
export const alexnetSizes: Readonly<Record<Scale, PlainTraining>> = {
  smoke: {
    train: 100,
    test: 100,
    model: { kind: 'alexnet', width: 0.03 },
    batchSize: 25,
    learningRate: 0.05,
    steps: 160,
    measured: 60,
    splits: ['train', 'test'],
    evaluate: [{ every: 'steps', n: 20 }],
    coherence: [{ every: 'steps', n: 10 }],
  },
  desk: {
    train: 1000,
    test: 1000,
    model: { kind: 'alexnet', width: 0.0625 },
    batchSize: 50,
    learningRate: 0.05,
    steps: 4000,
    stopWhenFitted: true,
    measured: 500,
    splits: ['train', 'test'],
    evaluate: [{ every: 'steps', n: 25 }],
    coherence: [
      { every: 'fall', fraction: 0.05 },
      { every: 'steps', n: 60 },
    ],
  },
  paper: {
    dataset: 'imagenet',
    model: { kind: 'alexnet' },
    batchSize: 4096,
    learningRate: 0.01,
    steps: 60_000,
    stopWhenFitted: true,
    measured: 50_000,
    splits: ['train', 'test'],
    evaluate: [{ every: 'epoch' }],
    coherence: [{ every: 'fall', fraction: 0.01 }],
  },
}

/** Runs of Figure 2: real and random by seed. Figure 3 looks at the same ones. */
export function alexnetRuns(scale: Scale, settings: Readonly<Record<string, string>>): readonly TrainingSpec[] {
  return seedsAt(scale, settings, 3).flatMap((seed) =>
    [realData, randomImages].map((arm) => plainTraining('fig-2', arm, seed, alexnetSizes[scale])),
  )
}

export const alexnetScales = {
  smoke: { what: '100 MNIST images, an AlexNet of 0.03 times the width, 160 steps', cost: 'about 15 seconds' },
  desk: {
    what: '1,000 MNIST images, an AlexNet of 0.0625 times the width, until every image is fitted',
    cost: 'about 8 minutes',
  },
  paper: {
    what: 'ImageNet, AlexNet, batch 4,096, learning rate 0.01, until every image is fitted',
    cost: 'weeks, and days on a GPU',
  },
} as const
