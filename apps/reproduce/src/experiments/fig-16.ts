import type { Experiment, Scale } from '../experiment.ts'
import type { RunResult } from '../run-result.ts'
import { describeRandom } from './describe-random.ts'
import { describeTraining } from './describe-training.ts'
import { drawFirstSteps } from './fig-16/draw.ts'
import { judgeFirstSteps } from './fig-16/judge.ts'
import { randomImages, realData } from './noise-arms.ts'
import { plainTraining, type PlainTraining } from './plain-training.ts'
import { seedsAt } from './seeds-at.ts'

/** Every one of the first steps, and the weights before them. */
const early = (steps: number): PlainTraining['coherence'] => [
  { every: 'listed', steps: Array.from({ length: steps + 1 }, (_, i) => i) },
]

const sizes: Readonly<Partial<Record<Scale, PlainTraining>>> = {
  smoke: {
    train: 300,
    test: 300,
    model: { kind: 'mlp', hidden: [64, 64] },
    batchSize: 50,
    learningRate: 0.05,
    steps: 40,
    measured: 300,
    splits: ['train', 'test'],
    evaluate: early(40),
    coherence: early(40),
  },
  desk: {
    train: 2000,
    test: 2000,
    model: { kind: 'mlp', hidden: [256, 256, 256] },
    batchSize: 100,
    learningRate: 0.02,
    steps: 60,
    measured: 1000,
    splits: ['train', 'test'],
    evaluate: early(60),
    coherence: early(60),
  },
}

/** The first steps on real and on random data: Figure 16 of the paper. */
export const fig16: Experiment = {
  id: 'fig-16',
  figure: 'Figure 16',
  title: 'The first steps: even random examples agree that the initial weights are bad',
  claim:
    'In the first few steps m·α can be very high even on random data, for all examples move the network away from its ' +
    'imperfect initial weights. That movement generalises: the test loss falls in concert with the training loss.',
  paper: 'ResNet-50 on ImageNet, the first steps of Figure 1',
  scales: {
    smoke: { what: '300 MNIST images, 2 × 64 ReLU, 40 steps, each measured', cost: 'about 10 seconds' },
    desk: { what: '2,000 MNIST images, 3 × 256 ReLU, 60 steps, each measured', cost: 'about 5 minutes' },
  },
  compared: ['real', 'random'],
  settings: { seeds: ['5', '3', '1'] },
  plan(scale, settings) {
    const size = sizes[scale]
    if (size === undefined) return []
    return seedsAt(scale, settings, 5).flatMap((seed) =>
      [realData, randomImages].map((arm) => plainTraining('fig-16', arm, seed, size)),
    )
  },
  draw(results) {
    const present = results.filter((result): result is RunResult => result !== undefined)
    return [
      drawFirstSteps(
        present,
        `${describeTraining(present)} ${describeRandom} Every seed has its curve. The paper: ResNet-50 on ImageNet.`,
      ),
    ]
  },
  judge: judgeFirstSteps,
}
